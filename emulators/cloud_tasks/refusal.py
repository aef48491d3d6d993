"""What the emulator answers instead of a result: a gRPC status code and the service's text."""

import grpc


class RefusedError(Exception):
    """A call that the real service would refuse."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message: str) -> RefusedError:
    """INVALID_ARGUMENT: the request is wrong whatever the state."""
    return RefusedError(grpc.StatusCode.INVALID_ARGUMENT, message)


def unsupported(what: str) -> RefusedError:
    """UNIMPLEMENTED: the real service has it, the emulator does not; never ignored silently."""
    return RefusedError(grpc.StatusCode.UNIMPLEMENTED, f"The emulator does not support {what}.")


def queue_missing() -> RefusedError:
    """NOT_FOUND: the same text whether the queue never existed or was deleted."""
    return RefusedError(
        grpc.StatusCode.NOT_FOUND,
        "Queue does not exist. If you just created the queue, wait at least a minute for the "
        "queue to initialize.",
    )


def missing() -> RefusedError:
    """NOT_FOUND: of a task that is not known, and of deleting a queue that is not there."""
    return RefusedError(grpc.StatusCode.NOT_FOUND, "Requested entity was not found.")


def task_gone() -> RefusedError:
    """NOT_FOUND: of a task that completed or was deleted recently."""
    return RefusedError(
        grpc.StatusCode.NOT_FOUND,
        "The task no longer exists, though a task with this name existed recently. The task "
        "either successfully completed or was deleted.",
    )


def task_exists() -> RefusedError:
    """ALREADY_EXISTS: the name is that of a live task."""
    return RefusedError(grpc.StatusCode.ALREADY_EXISTS, "Requested entity already exists")


def task_name_used() -> RefusedError:
    """ALREADY_EXISTS: the name is still reserved after its task completed or was deleted."""
    return RefusedError(
        grpc.StatusCode.ALREADY_EXISTS,
        "The task cannot be created because a task with this name existed too recently. For more "
        "information about task de-duplication see https://cloud.google.com/tasks/docs/reference/"
        "rest/v2/projects.locations.queues.tasks/create#body.request_body.FIELDS.task.",
    )


def queue_exists() -> RefusedError:
    """ALREADY_EXISTS: of creating a queue that is there."""
    return RefusedError(grpc.StatusCode.ALREADY_EXISTS, "Queue already exists")


def queue_name_used() -> RefusedError:
    """FAILED_PRECONDITION: the name of a deleted queue is still reserved."""
    return RefusedError(
        grpc.StatusCode.FAILED_PRECONDITION,
        "The queue cannot be created because a queue with this name existed too recently.",
    )
