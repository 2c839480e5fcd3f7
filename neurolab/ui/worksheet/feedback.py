"""The feedback to an answer: the verdict, the hints so far, and the explanation."""

from ...exercises.judging import Feedback
from ...exercises.prose import prose_html
from ...exercises.worksheet import Exercise


def verdict_html(feedback: Feedback) -> str:
    """Write the verdict on an answer."""
    if feedback.error:
        return f'<div class="nl-mark-error">{prose_html(feedback.error)}</div>'
    if not feedback.is_attempt:
        return f'<div class="nl-mark-unread">{prose_html(feedback.seen)}</div>'
    if feedback.passed:
        return f'<div class="nl-mark-right">{prose_html(f"**Right.** {feedback.seen}")}</div>'
    return f'<div class="nl-mark-wrong">{prose_html(f"**Not yet.** {feedback.seen}")}</div>'


def hints_html(exercise: Exercise, count: int) -> str:
    """Write the first hints of an exercise."""
    total = len(exercise.hints)
    hints = [
        prose_html(f"**Hint {number} of {total}:** {hint}")
        for number, hint in enumerate(exercise.hints[:count], 1)
    ]
    return "".join(f'<div class="nl-hint">{hint}</div>' for hint in hints)


def explanation_html(exercise: Exercise, is_shown: bool) -> str:
    """Write the explanation of an exercise, after a right answer or together with a solution."""
    opening = "**A solution is shown.** This exercise earns no more points.\n\n" if is_shown else ""
    text = prose_html(f"{opening}**Explanation.** {exercise.explanation.strip()}")
    return f'<div class="nl-explanation">{text}</div>'
