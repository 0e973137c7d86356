"""What can go wrong between us and Garmin. Each text is a sentence that may be shown and logged."""


class GarminError(Exception):
    """Garmin could not be asked."""

    # False where it was not even asked, because an earlier answer has told.
    sent = True


class SignInNeeded(GarminError):
    """Garmin no longer accepts the sign-in. Run: manage.py garminlogin"""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or str(self.__doc__))


class RateLimited(GarminError):
    """Garmin said that we ask too much (429)."""

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__("Garmin says that we ask too much (429)")
        self.retry_after_s = retry_after_s


class Unavailable(GarminError):
    """Garmin did not answer, or said that it is in trouble; asking again may help."""


class Unreachable(Unavailable):
    """There is no way to Garmin: no network, no name, nobody listening."""


class NoSignInNow(Unavailable):
    """Garmin's sign-in host could not renew the sign-in just now; nothing can be asked until it does."""


class NotFound(GarminError):
    """Garmin has nothing there (404)."""


class Refused(GarminError):
    """Garmin refuses this request as it stands; asking again does not help."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Garmin refused the request ({status})")
        self.status = status


class BadAnswer(GarminError):
    """Garmin answered with something that is not data: a web page, an error document, a cut-off text."""


class Abandoned(Exception):
    """Nobody waits for this fetch any more, so it sends nothing more."""


# After these Garmin will answer nothing more for now, and asking on would do harm.
ENDS_THE_RUN = (RateLimited, SignInNeeded, NoSignInNow, Unreachable)
