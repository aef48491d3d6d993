# syntax=docker/dockerfile:1
# One function, of its archive, for those who run images (Google builds its own of the
# archives). From the repository's root, after `make package`:
#   docker build -f infra/images/function.Dockerfile -t carts \
#     --build-arg ARCHIVE=build/archives/carts-<hash>.zip .
# It runs with a read-only root: docker run --read-only --cap-drop=ALL -p 8080:8080 carts

FROM python:3.13-slim-bookworm@sha256:01f42367a0a94ad4bc17111776fd66e3500c1d87c15bbd6055b7371d39c124fb AS installed
ARG ARCHIVE
COPY ${ARCHIVE} /archive.zip
# Wheels only, each by its hash: nothing is built, and nothing is taken on trust.
RUN python -m zipfile -e /archive.zip /app \
 && python -m venv --without-pip /venv \
 && python -m pip --python /venv/bin/python install --no-cache-dir --no-compile \
      --only-binary=:all: --require-hashes --requirement /app/requirements.txt \
 && python -m compileall -q --invalidation-mode unchecked-hash /venv/lib /app

FROM python:3.13-slim-bookworm@sha256:01f42367a0a94ad4bc17111776fd66e3500c1d87c15bbd6055b7371d39c124fb
RUN python -m pip uninstall --yes --root-user-action=ignore pip
COPY --from=installed /venv /venv
COPY --from=installed /app /app
WORKDIR /app
USER 65532:65532
# gunicorn's heartbeat is a file; where root is read-only, /dev/shm is not.
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    TMPDIR=/dev/shm \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FUNCTION_TARGET=main \
    FUNCTION_SIGNATURE_TYPE=http \
    PORT=8080
EXPOSE 8080
ENTRYPOINT ["functions-framework"]
