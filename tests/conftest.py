"""What all tests share: the option that writes the golden files anew."""


def pytest_addoption(parser):
    parser.addoption("--regold", action="store_true", help="write what the formats give now as what is expected")
