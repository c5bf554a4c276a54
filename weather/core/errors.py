"""All errors of the service.

    WeatherError
    ├─ InvalidLocation         400  no place can have this name or these coordinates
    ├─ InvalidOption           400  an option of the request has an impossible value
    │  ├─ UnknownParameter        400  no option of the request has this name
    │  └─ ConflictingParameters   400  options of the request exclude each other
    ├─ RequestRefused          4xx  HTTP itself does not allow the request
    ├─ PathNotFound            404  there is nothing at the request's address
    ├─ LocationNotFound        404  a well-formed name that no gazetteer has
    ├─ VisitorLocationUnknown  404  no locator knows the visitor's address
    ├─ TooManyRequests         429  one client makes too many requests (with `retry_after`)
    ├─ Overloaded              503  the request has waited too long (with `retry_after`)
    └─ UpstreamError           502  an unusable response
       ├─ UpstreamTimeout         504  no response within the deadline
       └─ UpstreamUnavailable     503  refused, 5xx, 429 (with `retry_after`)
          ├─ AnswerUnknown       503  the forecast lacks what a question is about
          ├─ SearchUnavailable   503  no geocoder answers, and the gazetteer lacks the name
          └─ CallSkipped          503  no call was made: breaker open, quota used up, a crawler
             └─ CallDeclined        503  … for this request: the rest is for others
                └─ AllowanceSpent      429  … for this client: it has caused its share of calls

"No such place" and "the provider is down" are never the same error. A message is written for
the visitor: it holds no URL, key, address or stack.
"""


class WeatherError(Exception):
    """The root. `type` identifies the kind of problem to programs (RFC 9457, 3.1.1), `status` is
    the HTTP status and `title` the problem's name in a few words.
    `kind` describes all errors of the class, for languages that a message is not written in."""

    type = "internal-error"
    status = 500
    title = "Something went wrong"
    kind = "The fault is ours, and it has been logged."

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidLocation(WeatherError):
    """`parameter` is the name of the option that has the place, if one has."""

    type = "invalid-location"
    status = 400
    title = "Not a location"
    kind = "That cannot be a place."

    def __init__(self, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter


class InvalidOption(WeatherError):
    """`parameter` is the name of the option, if it is a single one."""

    type = "invalid-parameter"
    status = 400
    title = "Not a valid option"
    kind = "An option in this address has a value that it cannot have."

    def __init__(self, message: str, parameter: str = "", suggestion: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter
        self.suggestion = suggestion  # the parameter that is probably meant


class UnknownParameter(InvalidOption):
    type = "unknown-parameter"


class ConflictingParameters(InvalidOption):
    type = "conflicting-parameters"


class RequestRefused(WeatherError):
    """An error of HTTP itself, whose English name is the `title`: that of the class is for other
    languages."""

    type = "bad-request"
    status = 400
    title = "Request refused"
    kind = "The request has a form that is not accepted here."

    def __init__(self, message: str, type: str, status: int, title: str) -> None:
        super().__init__(message)
        self.type, self.status, self.title = type, status, title


class PathNotFound(WeatherError):
    type = "unknown-path"
    status = 404
    title = "Page not found"
    kind = "There is nothing at this address."


class LocationNotFound(WeatherError):
    type = "unknown-location"
    status = 404
    title = "Unknown location"
    kind = "No such place is known. Check the spelling, or name a larger place nearby."


class VisitorLocationUnknown(WeatherError):
    type = "unknown-visitor-location"
    status = 404
    title = "Where are you?"
    kind = "Name your place, and the weather follows."


class UpstreamError(WeatherError):
    """The provider sent an unusable response."""

    type = "unusable-upstream-response"
    status = 502
    title = "The weather service gave an unusable answer"
    kind = "That is no fault of yours. Please try again in a minute."


class UpstreamTimeout(UpstreamError):
    type = "upstream-timeout"
    status = 504
    title = "The weather service took too long"


class UpstreamUnavailable(UpstreamError):
    """The provider refuses or cannot be reached; `retry_after` is in seconds."""

    type = "upstream-unavailable"
    status = 503
    title = "The weather service cannot be reached"

    def __init__(self, message: str, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AnswerUnknown(UpstreamUnavailable):
    """The forecast ends before the time that a question is about, or lacks a value in it."""

    type = "answer-unknown"
    title = "The forecast does not say"
    kind = "It ends before the time that you asked for, or lacks values."


class SearchUnavailable(UpstreamUnavailable):
    """No geocoder answers, so that a name which the gazetteer lacks may exist all the same."""

    type = "search-unavailable"
    title = "The search for places cannot be reached"


class CallSkipped(UpstreamUnavailable):
    """No call was made, so the error says nothing of the provider. `reason` is a word of the
    metrics."""

    type = "upstream-call-skipped"
    title = "The weather service is not asked just now"
    reason = "quota"

    def __init__(self, message: str, retry_after: int = 60, reason: str = "") -> None:
        super().__init__(message, retry_after)
        self.reason = reason or self.reason


class CallDeclined(CallSkipped):
    """No call was made for this request, though one may be made for others: neither they nor a
    cache may take the error for theirs."""

    type = "upstream-call-declined"
    reason = "reserve"


class AllowanceSpent(CallDeclined):
    """The client, or its network, has caused its share of a provider's calls."""

    type = "allowance-spent"
    reason = "call_share"
    status = 429
    title = "Too many requests"
    kind = "That is no fault of yours. Please try again in a minute."


class TooManyRequests(WeatherError):
    """`retry_after` is in seconds."""

    type = "too-many-requests"
    status = 429
    title = "Too many requests"
    kind = "That is no fault of yours. Please try again in a minute."

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Overloaded(WeatherError):
    """`retry_after` is in seconds."""

    type = "overloaded"
    status = 503
    title = "Too busy just now"
    kind = "That is no fault of yours. Please try again in a minute."

    def __init__(self, message: str, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class WouldWait(Exception):
    """A value is not in memory, and its reader does not wait for the store."""
