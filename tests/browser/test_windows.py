"""A window that is used again is as good as new."""

LEFT = "[document.cookie, localStorage.length, sessionStorage.length, history.length]"


def test_a_window_that_is_used_again_holds_nothing_of_the_last_one(server, windows):
    seen = []
    for _ in range(2):
        with windows.lent() as window:
            page = window.new_page()
            page.goto("/sign-in")
            seen.append((window, page.evaluate(LEFT), len(window.pages)))
            page.evaluate("document.cookie = 'left=1'; localStorage.left = 1; sessionStorage.left = 1")
            page.goto("/")
            window.new_page()
    (first, *new), (second, *again) = seen
    assert first is second and again == new
