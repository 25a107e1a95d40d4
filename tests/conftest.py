"""Options of this suite."""


def pytest_addoption(parser):
    parser.addoption("--regold", action="store_true", help="rewrite what is rendered; git diff is the review")
