#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""validate_schema.py [--tight] SCHEMA DOCUMENT...

Checks JSON documents against a JSON Schema (2020-12). With --tight also the opposite case: the schema must refuse each
document with any one key of any object left out or added, so that it describes exactly what is written.
Exit status: 0 all good, 1 a document or the schema is wrong, 2 wrong usage.
"""
import copy
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit("validate_schema.py: needs python3-jsonschema (Debian: apt install python3-jsonschema)")


def unique_keys(pairs):
    """JSON with one key twice is read differently by every reader."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key stands twice in {keys}")
    if keys != sorted(keys):
        raise ValueError(f"keys are not sorted: {keys}")
    return dict(pairs)


def no_constant(name):
    raise ValueError(f"'{name}' is not JSON")


def read(path, hook=None):
    with open(path, "rb") as file:
        return json.loads(file.read().decode("utf-8", "strict"), object_pairs_hook=hook, parse_constant=no_constant)


def objects(document, path=()):
    """The path of every object in the document."""
    if isinstance(document, dict):
        yield path
        for key, value in document.items():
            yield from objects(value, path + (key,))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from objects(value, path + (index,))


def at(document, path):
    for step in path:
        document = document[step]
    return document


def loose_ends(validator, document):
    """Changes that the schema should refuse and does not."""
    for path in objects(document):
        for key in list(at(document, path)) + [None]:
            changed = copy.deepcopy(document)
            if key is None:
                at(changed, path)["unheard-of"] = 1
            else:
                del at(changed, path)[key]
            if validator.is_valid(changed):
                where = "/".join(map(str, path)) or "the top"
                yield f"an unknown key in {where}" if key is None else f"'{key}' left out of {where}"


def complaints(validator, path, tight):
    try:
        document = read(path, unique_keys)
    except (OSError, ValueError) as error:
        return [str(error)]
    found = [f"{'/'.join(map(str, error.absolute_path)) or 'the top'}: {error.message[:200]}"
             for error in validator.iter_errors(document)]
    if tight and not found:
        found = [f"the schema lets through {end}" for end in loose_ends(validator, document)]
    return found


def main(arguments):
    tight = "--tight" in arguments
    paths = [argument for argument in arguments if argument != "--tight"]
    if len(paths) < 2 or any(path.startswith("-") for path in paths):
        print(__doc__, file=sys.stderr)
        return 2
    schema = read(paths[0])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = 0
    for path in paths[1:]:
        for complaint in complaints(validator, path, tight):
            print(f"{path}: {complaint}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
