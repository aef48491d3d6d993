"""A strict stand-in for SAP: RFC calls, the messages it publishes, faults on request."""
