"""A person, and the companies that they belong to."""

from datetime import datetime

from pydantic import BaseModel, Field

from shared.identity.caller import Role


class Membership(BaseModel):
    """What a person is in one company."""

    role: Role
    suspended: bool = Field(default=False, description="the role is kept, and is of no effect")
    since: datetime
    by: str = Field(description="the name of who let them in, as it was then")


class Person(BaseModel):
    """`people/{uid}`: what companies and the brand decided about a person."""

    uid: str = Field(description="of Identity Platform")
    email: str
    name: str
    companies: dict[str, Membership] = Field(default_factory=dict)
    revision: int = 0

    @property
    def roles(self) -> dict[str, Role]:
        """The role in each company that they may act for now."""
        return {id_: one.role for id_, one in self.companies.items() if not one.suspended}

    def without(self, company: str) -> "Person":
        """The person who belongs to the company no longer."""
        left = {id_: one for id_, one in self.companies.items() if id_ != company}
        return self.model_copy(update={"companies": left})

    def is_admin_of(self, company: str) -> bool:
        """Whether they may decide now who belongs to the company."""
        return self.roles.get(company) is Role.ADMIN
