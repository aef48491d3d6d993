"""A Cloud Tasks v2 emulator that speaks to the official client.

    python -m emulators.cloud_tasks --port 8123 --oidc-port 8124 --state build/cloud-tasks

In a test, `server.serve(Config())` runs one in the same process on free ports. The client is made
with `CloudTasksGrpcTransport(channel=grpc.insecure_channel(address))`.

`names`, `parse` and `render` are the client's side; `retry`, `rate`, `queue` and `registry` the
rules, which take the time as an argument; `driver`, `dispatch`, `store` and `server` run them.
Facts come from the reference and the quota page of Cloud Tasks; the texts of errors and the
dispatch headers are those that the real service was recorded to answer.

Left out, and answered UNIMPLEMENTED: App Engine tasks, OAuth tokens, queue-level HTTP targets,
list filters, batch, IAM, CMEK and location methods. Left out silently: the slow start of new or
suddenly busy queues, the lower rate of a queue whose target fails, and API quotas.
"""
