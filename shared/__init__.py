"""What two or more functions need, one module or package a domain noun."""

from pydantic import BaseModel

# A model is built when it is first used: few of a function's models have a part in its first
# request, and building all of them would be a twentieth of its cold start.
BaseModel.model_config["defer_build"] = True
