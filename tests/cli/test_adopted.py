#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a store has adopted, as `due`, `rules` and `forms` show it (design §10). Prints TAP.

Usage: test_adopted.py JUANZONGCTL FORMS
"""

import json
import os
import shutil
import sys
import tempfile

from test_cli import Office, run

FORMS = sys.argv[2]
LOCAL_DAYS = """<local-calendar year="2026"><notice title="某自治州放假通知" date="2026-02"/>
<holiday id="LH-26-1"><name xml:lang="zh">某节</name><off from="2026-03-20" to="2026-03-20"/></holiday>
</local-calendar>
"""
DUE = ["due", "TL-P12", "--from", "2026-03-16", "--json"]


def found(folder):
  office = Office(folder, demo=True)
  office.staff()
  person = office.make("admin", "person.add", {"user": "liu", "name": "刘某"})
  office.do("admin", "role.grant", {"person": person, "role": "section_head"})
  proposal = office.propose("admin", "certificate.issue", {"person": person, "reason": "first"})
  office.do("head", "certificate.issue", {"proposal": proposal})
  return office


def adopt(office, act, args):
  proposal = office.propose("liu", act, args | {"reason": "启用"})
  office.do("head", act, {"proposal": proposal})


def get(office, *words, status=0):
  done = run(*words, "--store", office.path, status=status)
  return json.loads(done.stdout) if status == 0 else done.stderr


def write(folder, name, text):
  path = os.path.join(folder, name)
  with open(path, "w", encoding="utf-8") as file:
    file.write(text)
  return path


def test_nothing_adopted(folder):
  """Nothing falls back on what is shipped."""
  office = found(folder)
  assert "No rulebook" in get(office, *DUE, status=1)
  assert "No rulebook" in get(office, "rules", "list", status=1)
  assert "No forms" in get(office, "forms", "list", "--as-of", "2026-01-01", status=1)
  adopt(office, "rulebook.adopt", {"book": "HR", "in_force": "2026-01-01"})
  assert "2025-12-31" in get(office, "rules", "list", "--as-of", "2025-12-31", status=1)
  assert get(office, *DUE)["presumed"]


def test_due(folder):
  """A holiday that is declared for later is not there before."""
  office = found(folder)
  adopt(office, "rulebook.adopt", {"book": "HR", "in_force": "2026-01-01"})
  adopt(office, "calendar.adopt", {"in_force": "2026-01-01"})
  shipped = json.loads(run(*DUE).stdout)
  assert get(office, *DUE)["due"] == shipped["due"] == "2026-03-23" and not shipped["presumed"]
  path = write(folder, "local.xml", LOCAL_DAYS)
  adopt(office, "calendar.adopt", {"in_force": "2099-01-01", "file": path})
  assert get(office, *DUE, "--as-of", "2098-12-31")["due"] == "2026-03-23"
  assert get(office, *DUE, "--as-of", "2099-01-01")["due"] == "2026-03-24"
  assert get(office, *DUE)["due"] == "2026-03-23"


def test_rules(folder):
  office = found(folder)
  adopt(office, "rulebook.adopt", {"book": "BASE", "in_force": "2026-01-01"})
  adopt(office, "rulebook.adopt", {"book": "HR", "in_force": "2099-01-01"})
  now = get(office, "rules", "list", "--json")
  then = get(office, "rules", "list", "--json", "--as-of", "2099-01-01")
  assert len(now) > 100 and now == json.loads(run("rules", "list", "--json").stdout)
  shipped = json.loads(run("rules", "list", "--json", "--field", "HR").stdout)
  # composed to one file, of which each rule now is
  assert {row["rulebook"] for row in then} == {"cn-national+cn-hr"} != {row["rulebook"] for row in now}
  assert [(row["id"], row["name"]) for row in then] == [(row["id"], row["name"]) for row in shipped]
  assert get(office, "rules", "show", "G-26", "--json")["id"] == "G-26"
  checked = get(office, "rules", "check", "--json", "--as-of", "2099-01-01")
  assert checked["rules"] == len(then) and checked["hash"] != get(office, "rules", "check", "--json")["hash"]
  tried = get(office, "rules", "test", "--expression", "matter.field = 'HR'", "--json", "--as-of", "2099-01-01")
  assert tried["result"] == "true", tried
  assert "leave out --store" in get(office, "rules", "check", "some.xml", status=1)


def test_forms(folder):
  office = found(folder)
  with open(os.path.join(FORMS, "service_receipt.xml"), encoding="utf-8") as file:
    text = file.read()
  path = write(folder, "own.xml", text.replace('id="service_receipt"', 'id="own_receipt"'))
  adopt(office, "forms.adopt", {"in_force": "2026-01-01"})
  adopt(office, "forms.adopt", {"in_force": "2099-01-01", "file": path})
  shipped = [form["id"] for form in json.loads(run("forms", "list", "--json").stdout)]
  now = [form["id"] for form in get(office, "forms", "list", "--json")]
  then = [form["id"] for form in get(office, "forms", "list", "--json", "--as-of", "2099-01-01")]
  assert now == shipped and then == sorted([*shipped, "own_receipt"]), then
  assert get(office, "forms", "show", "own_receipt", "--json", "--as-of", "2099-01-01")["id"] == "own_receipt"
  get(office, "forms", "show", "own_receipt", status=1)
  assert all(row["right"] for row in get(office, "forms", "check", "--json"))
  assert get(office, "forms", "check", path, "--json")[0]["right"]
  bad = write(folder, "bad.xml", text.replace('type="', 'type="un', 1))
  assert f"{bad}:" in get(office, "forms", "check", bad, status=4)
  done = office.do("liu", "forms.adopt.propose", {"in_force": "2099-01-01", "reason": "启用", "file": bad}, status=1)
  assert "bad.xml:" in done.stderr, done.stderr
  assert [form["id"] for form in get(office, "forms", "list", "--json", "--as-of", "2099-01-01")] == then
  run("verify", office.path)


def test_missing_objects(folder):
  """Read for the first time in this program, and not there, or not what it was."""
  office = found(folder)
  adopt(office, "rulebook.adopt", {"book": "HR", "in_force": "2026-01-01"})
  adopt(office, "calendar.adopt", {"in_force": "2026-01-01"})
  adopt(office, "forms.adopt", {"in_force": "2026-01-01"})
  objects = os.path.join(office.path, "objects")
  large = [path for path in (os.path.join(where, name) for where, _, names in os.walk(objects) for name in names)
           if os.path.getsize(path) > 2500]
  assert len(large) == 3, large
  kept = {}
  for path in large:
    with open(path, "rb") as file:
      kept[path] = file.read()
  for change in (os.unlink, lambda path: os.truncate(path, 1000)):
    seen = set()
    for path in large:
      os.chmod(path, 0o600)
      change(path)
      sentences = []
      for words in (DUE, ["forms", "list"]):
        done = run_any(*words, "--store", office.path)
        if done:
          sentences.append(done)
      assert len(sentences) == 1, (path, sentences)
      seen.add(sentences[0])
      with open(path, "wb") as file:
        file.write(kept[path])
    assert len(seen) == 3, seen
  run("verify", office.path)


def run_any(*words):
  """The sentence of a command that says of the store that it is damaged, or nothing where it was done."""
  try:
    run(*words)
    return None
  except AssertionError:
    return run(*words, status=4).stderr


def test_misuse(folder):
  for words in (DUE, ["rules", "list"], ["rules", "check"], ["forms", "list"]):
    assert "--store" in run(*words, "--as-of", "2026-01-01", status=1).stderr
    run(*words, "--store", os.path.join(folder, "nowhere"), status=2)
    os.makedirs(os.path.join(folder, "empty"), exist_ok=True)
    run(*words, "--store", os.path.join(folder, "empty"), "--as-of", "yesterday", status=1)


def main():
  tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith("test_")]
  failed = 0
  print(f"1..{len(tests)}")
  for number, (name, test) in enumerate(tests, 1):
    folder = tempfile.mkdtemp(prefix="juanzong-cli-")
    try:
      test(folder)
      print(f"ok {number} {name}", flush=True)
    except Exception as error:  # every failure is told, and the next test runs
      failed += 1
      print(f"not ok {number} {name}\n# {type(error).__name__}: {str(error)[:3000]!r}", flush=True)
    finally:
      shutil.rmtree(folder, ignore_errors=True)
  return failed != 0


if __name__ == "__main__":
  sys.exit(main())
