# syntax=docker/dockerfile:1
# The portal's files, for those who run images (in Google Cloud they lie in a bucket behind
# the load balancer). From the repository's root, after the portal has been built:
#   docker build -f infra/images/portal.Dockerfile -t portal .
# It runs with a read-only root and is told where people sign in (web/README.md):
#   docker run --read-only --cap-drop=ALL -p 8080:8080 -e CONFIG='{"identity": …}' portal

FROM node:22.23.3-bookworm-slim@sha256:43ac6c60b8f89723f746e8a92ce91abd5017e627ce1ddfe4238355d3a30b772c AS compressed
COPY web/dist /srv
COPY infra/images/compress.mjs /compress.mjs
COPY infra/images/headers.mjs /headers.mjs
COPY infra/headers.json /headers.json
RUN node /compress.mjs /srv && node /headers.mjs /headers.json > /headers.caddy

FROM caddy:2.10.2-alpine@sha256:4c6e91c6ed0e2fa03efd5b44747b625fec79bc9cd06ac5235a779726618e530d AS server
# The capability to listen below 1024, which a container without any could not start with.
RUN setcap -r /usr/bin/caddy

FROM gcr.io/distroless/static-debian12:nonroot@sha256:afa5c872c891853ca7fcf1f12c3edb23f7eeef36189728842dd51042ff57f7ab
COPY --from=server /usr/bin/caddy /caddy
COPY --from=compressed /srv /srv
COPY --from=compressed /headers.caddy /headers.caddy
COPY infra/images/Caddyfile /Caddyfile
USER 65532:65532
# What caddy remembers of its configuration, where root is read-only.
ENV PORT=8080 \
    XDG_CONFIG_HOME=/dev/shm \
    XDG_DATA_HOME=/dev/shm
EXPOSE 8080
ENTRYPOINT ["/caddy", "run", "--config", "/Caddyfile", "--adapter", "caddyfile"]
