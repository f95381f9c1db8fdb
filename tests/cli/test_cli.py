#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line's contract: commands, exit status, refusals, passwords (design §10). Prints TAP.

Usage: test_cli.py JUANZONGCTL
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ENVIRONMENT = dict(os.environ, LANGUAGE="C", LANG="C.UTF-8")


def run(*words, status=0, stdin=None):
  """Runs a command, holds it to its exit status, and gives its output and its sentences."""
  done = subprocess.run([PROGRAM, *map(str, words)], input=stdin, capture_output=True, text=True,
                        env=ENVIRONMENT, timeout=300)
  assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
  assert "CRITICAL" not in done.stderr and "WARNING" not in done.stderr, done.stderr
  if status != 0:
    assert done.stderr.strip(), f"{words}: no sentence"
  return done


class Office:
  """A store with an administrator, a head and a handler, either a demo or one with passwords."""

  def __init__(self, folder, demo):
    self.path = os.path.join(folder, "store")
    self.folder = folder
    self.options = []
    if demo:
      run("init", self.path, "--bureau", "某某县城市管理局", "--admin", "admin", "--demo")
    else:
      self.write("admin", "管理员的口令")
      self.write("ca", "专用的另一口令")
      run("init", self.path, "--bureau", "某某县城市管理局", "--admin", "admin", "--password-file",
          self.file("admin"), "--ca-password-file", self.file("ca"))
    self.demo = demo

  def file(self, user):
    return os.path.join(self.folder, user + ".password")

  def write(self, user, password):
    with open(self.file(user), "w", encoding="utf-8") as file:
      file.write(password + "\n")

  def do(self, user, act, args=None, status=0, options=()):
    words = ["do", self.path, "--as", user, "--json", *options, act]
    if not self.demo:
      words += ["--password-file", self.file(user), "--ca-password-file", self.file("ca")]
    if args is not None:
      words.append(json.dumps(args, ensure_ascii=False))
    done = run(*words, status=status)
    return json.loads(done.stdout) if status in (0, 3) and done.stdout else done

  def make(self, user, act, args, options=()):
    return self.do(user, act, args, options=options)["entries"][0]["id"]

  def propose(self, user, act, args, options=()):
    return self.do(user, act + ".propose", args, options=options)["entries"][0]["hash"]

  def staff(self):
    new = {}
    for user, role in (("head", "head"), ("zhang", "handler")):
      person = self.make("admin", "person.add", {"user": user, "name": "张某"})
      self.do("admin", "role.grant", {"person": person, "role": role})
      options = []
      if not self.demo:
        self.write(user, "口令-" + user)
        options = ["--new-password-file", self.file(user)]
      if user == "head":
        proposal = self.propose("admin", "store.accept", {"person": person}, options)
        self.do("head", "store.accept", {"proposal": proposal})
      else:
        proposal = self.propose("admin", "certificate.issue", {"person": person, "reason": "first"}, options)
        self.do("head", "certificate.issue", {"proposal": proposal})
      new[user] = person
    return new


CASE = {"title": "某某商贸有限公司占道经营案", "party": "某某商贸有限公司", "matter": "占道经营",
        "found": "2025-01-01"}


def test_a_real_office(folder):
  office = Office(folder, demo=False)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  run("verify", office.path)
  run("do", office.path, "--as", "zhang", "case.note", json.dumps({"case": case, "text": "x"}), status=3)
  office.write("zhang", "不是这个口令")
  office.do("zhang", "case.note", {"case": case, "text": "x"}, status=3)
  office.write("zhang", "口令-zhang")
  # a clock of one's own is for demo stores only
  office.do("zhang", "case.note", {"case": case, "text": "x"}, status=2,
            options=["--clock", "2025-01-02T09:00:00.000+08:00"])
  office.write("new", "更长的新口令")
  office.do("zhang", "password.change", options=["--new-password-file", office.file("new")])
  office.do("zhang", "case.note", {"case": case, "text": "x"}, status=3)
  shutil.copy(office.file("new"), office.file("zhang"))
  office.do("zhang", "case.note", {"case": case, "text": "x"})
  run("verify", office.path)


def test_exit_status(folder):
  office = Office(folder, demo=True)
  office.staff()
  run(status=1)
  run("--help")
  run("--version")
  run("no-such-command", status=1)
  for command in ("acts", "case", "check-proof", "checkpoint", "code", "do", "init", "prove", "rebuild", "verify", "backup",
                  "search",
                  "restore", "demo"):
    run(command, "--help")
    run(command, "--no-such-option", status=1)
  run("verify", status=1)
  run("verify", os.path.join(folder, "nowhere"), status=2)
  run("case", "list", folder, status=2)
  run("init", office.path, "--bureau", "x", "--admin", "y", "--demo", status=2)
  run("init", os.path.join(folder, "other"), "--admin", "y", "--demo", status=1)
  run("init", os.path.join(folder, "other"), "--bureau", "x", "--admin", "y", status=1)
  assert not os.path.exists(os.path.join(folder, "other"))
  run("do", office.path, "person.add", "{}", status=1)
  run("do", office.path, "--as", "nobody", "person.add", "{}", status=1)
  run("do", office.path, "--as", "admin", "no.such", "{}", status=1)
  run("do", office.path, "--as", "admin", "person.add", "{", status=1)
  run("do", office.path, "--as", "admin", "person.add", '{"user":"a","user":"b","name":"c"}', status=1)
  run("do", office.path, "--as", "admin", "person.add", '{"user":"a","name":1.5}', status=1)
  run("do", office.path, "--as", "admin", "person.add", '{"user":"a","name":' + "[" * 20 + "]" * 20 + "}", status=1)
  run("do", office.path, "--as", "zhang", "person.add", '{"user":"a","name":"c"}', status=3)
  run("prove", office.path, "0000000000000000-1", "-o", os.path.join(folder, "p"), status=2)
  run("prove", office.path, "-o", os.path.join(folder, "p"), status=1)
  run("check-proof", os.path.join(folder, "nowhere"), status=2)
  run("verify", office.path, "--against", os.path.join(folder, "nowhere"), status=2)


def test_a_refusal_has_rule_and_sentence(folder):
  office = Office(folder, demo=True)
  office.staff()
  done = office.do("zhang", "person.add", {"user": "a", "name": "c"}, status=3)
  assert done["refusal"]["rule"] == "J-ROLE", done
  assert done["refusal"]["level"] == "BLOCK" and done["refusal"]["sentence"], done
  done = run("do", office.path, "--as", "zhang", "person.add", '{"user":"a","name":"c"}', status=3)
  assert done.stderr.startswith("J-ROLE: "), done.stderr


def test_what_was_made(folder):
  office = Office(folder, demo=True)
  new = office.staff()

  def line(user, act, args, options=()):
    out = run("do", office.path, "--as", user, *options, act, json.dumps(args, ensure_ascii=False)).stdout
    words = out.split()
    assert len(out.splitlines()) == 1 and words[1] == act and len(words[2]) == 64, out
    return words

  case = line("zhang", "case.open", CASE)
  assert case[3:] == [case[0] + "-1"], case
  listed = json.loads(run("case", "list", office.path, "--json").stdout)
  assert [row["id"] for row in listed] == case[3:]
  assert len(line("zhang", "case.close", {"case": case[3], "happened": "2025-01-02", "ground": "办结"})) == 3
  person = line("admin", "person.add", {"user": "li", "name": "李某"})
  assert person[3:] == [person[0] + "-1"], person
  proposal = line("admin", "certificate.issue.propose", {"person": new["zhang"], "reason": "replaced"})
  assert proposal[3:] == [proposal[2]], proposal
  done = office.do("head", "certificate.issue", {"proposal": proposal[3]})["entries"][0]
  assert os.path.exists(os.path.join(office.path, "objects", done["made"][:2], done["made"][2:])), done
  assert "made" not in office.do("zhang", "session.sign_in")["entries"][0]
  assert office.do("admin", "person.add", {"user": "wang", "name": "王某"})["entries"][0]["made"].endswith("-1")


def test_roles_in_words(folder):
  office = Office(folder, demo=True)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  # the administrator writes nothing into a case, and is told who does, in words
  done = run("do", office.path, "--as", "admin", "case.note", json.dumps({"case": case, "text": "x"}), status=3)
  assert done.stderr.startswith("J-ROLE: ") and "Handler" in done.stderr, done.stderr
  assert "*" not in done.stderr and "|" not in done.stderr, done.stderr
  # nothing of the program's own is taken from a caller
  made_up = {"case": case, "name": "x", "object": {"object": "0" * 64, "size": 1}}
  done = run("do", office.path, "--as", "zhang", "attachment.add", json.dumps(made_up), status=1)
  assert "object of attachment.add" in done.stderr, done.stderr
  note = {"case": case, "text": {"object": "0" * 64, "size": 1}}
  run("do", office.path, "--as", "zhang", "case.note", json.dumps(note), status=1)
  text = run("case", "show", office.path, case).stdout
  assert "  Open\n" in text and "  Handler  " in text and "open" not in text.split("Record:")[0], text
  assert "  Open  " in run("case", "list", office.path).stdout
  shown = json.loads(run("acts", "case.note", "--json").stdout)
  assert "handler" in shown["roles"] and "administrator" not in shown["roles"], shown


def test_recovery(folder):
  """The only head forgot the password; then the password of the bureau's own key is changed."""
  office = Office(folder, demo=False)
  people = office.staff()
  office.write("second", "第二个口令")
  office.write("ca2", "专用的新口令")
  lost = office.file("head")
  new = ["--new-password-file", office.file("second")]
  section_head = office.make("admin", "person.add", {"user": "liu", "name": "刘某"})
  office.do("admin", "role.grant", {"person": section_head, "role": "section_head"})
  office.write("liu", "口令-liu")
  proposal = office.propose("admin", "certificate.issue", {"person": section_head, "reason": "first"},
                            ["--new-password-file", office.file("liu")])
  office.do("head", "certificate.issue", {"proposal": proposal})
  forgotten = {"person": people["head"], "reason": "forgotten"}
  # the administrator may know the password of the bureau's key, so another one stands in
  office.do("admin", "certificate.recover.propose", forgotten, status=3, options=new)
  proposal = office.propose("liu", "certificate.recover", forgotten, new)
  shutil.copy(office.file("second"), lost)
  done = office.do("head", "certificate.recover", {"proposal": proposal})
  assert len(done["warnings"]) == 1 and "supervision" in done["warnings"][0], done
  run("verify", office.path)
  done = office.do("admin", "ca_password.change", options=["--new-password-file", office.file("ca2")])
  assert done["entries"][0]["act"] == "ca_password.change", done
  issue = {"person": people["zhang"], "reason": "replaced"}
  office.do("admin", "certificate.issue.propose", issue, status=3, options=new)
  shutil.copy(office.file("ca2"), office.file("ca"))
  proposal = office.propose("admin", "certificate.issue", issue, ["--new-password-file", office.file("zhang")])
  office.do("head", "certificate.issue", {"proposal": proposal})
  run("verify", office.path)
  # the only administrator is told to make a second one
  done = office.do("admin", "session.sign_in")
  assert any("Administrator" in sentence for sentence in done["warnings"]), done


def test_batches_from_standard_input(folder):
  office = Office(folder, demo=True)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  notes = json.dumps([{"case": case, "text": f"第{i}条"} for i in range(50)], ensure_ascii=False)
  done = run("do", office.path, "--as", "zhang", "--json", "case.note", "-", stdin=notes)
  entries = json.loads(done.stdout)["entries"]
  assert len(entries) == 50
  long_text = json.dumps({"case": case, "text": "长" * 500000}, ensure_ascii=False)
  run("do", office.path, "--as", "zhang", "case.note", "-", stdin=long_text)
  shown = json.loads(run("case", "show", office.path, case, "--json").stdout)
  assert len(shown["notes"]) == 51 and shown["notes"][50]["object"]
  listed = json.loads(run("case", "list", office.path, "--json").stdout)
  assert [row["id"] for row in listed] == [case] and listed[0]["stage"] == "open" and listed[0]["title"]
  run("case", "show", office.path, listed[0]["number"])
  run("case", "show", office.path, "2025-999999", status=2)


def test_findings_of_a_document(folder):
  """Below each draft stands what keeps it from being final (forms.md §4)."""
  office = Office(folder, demo=True)
  people = office.staff()
  office.do("admin", "role.grant", {"person": people["zhang"], "role": "section_head"})
  proposal = office.propose("zhang", "forms.adopt", {"in_force": "2025-01-01", "reason": "启用"})
  office.do("head", "forms.adopt", {"proposal": proposal})
  case = office.make("zhang", "case.open", CASE)
  document = office.make("zhang", "document.draft",
                         {"case": case, "form": "inquiry_record", "values": {"person": "李某", "round": 0}})
  shown = json.loads(run("case", "show", office.path, case, "--json").stdout)["documents"]
  assert [row["id"] for row in shown] == [document] and shown[0]["state"] == "draft", shown
  findings = {row["field"]: row for row in shown[0]["findings"]}
  assert findings["place"]["rule"] == "FC-42" and findings["place"]["level"] == "error", findings
  assert "round" in findings and "person" not in findings and findings["round"]["sentence"], findings
  text = run("case", "show", office.path, case).stdout
  assert document in text and findings["place"]["sentence"] in text, text
  paper = os.path.join(folder, "draft.pdf")
  run("render", office.path, document, "-o", paper)
  with open(paper, "rb") as pdf:
    assert pdf.read(5) == b"%PDF-"


def test_proofs(folder):
  office = Office(folder, demo=True)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  entry = case.rsplit("-", 1)[0]
  proof = os.path.join(folder, "proof")
  certificates = os.path.join(folder, "certificates")
  run("prove", office.path, entry, "-o", proof, "--certificates", certificates)
  store = os.path.join(certificates, case.split("-")[0] + ".pem")
  authority = os.path.join(certificates, "ca.pem")
  assert "was not checked" in run("check-proof", proof).stdout
  done = run("check-proof", proof, "--certificate", store, "--ca", authority)
  assert "checkpoint was not checked" not in done.stdout
  # the certificate of somebody else does not make it his
  run("check-proof", proof, "--certificate", store, "--ca", store, status=4)
  with open(proof, encoding="utf-8") as file:
    text = file.read()
  checkpoint = os.path.join(folder, "checkpoint")
  with open(checkpoint, "w", encoding="utf-8") as file:
    file.write(text.split("\n\n", 1)[1])
  # the newest checkpoint is the one that ends the newest proof
  with open(checkpoint, encoding="utf-8") as file:
    assert run("checkpoint", office.path).stdout == file.read()
  written = os.path.join(folder, "written")
  assert written in run("checkpoint", office.path, "-o", written).stdout
  with open(written, encoding="utf-8") as file:
    assert file.read() == text.split("\n\n", 1)[1]
  run("verify", office.path, "--against", checkpoint)
  office.do("zhang", "case.note", {"case": case, "text": "此后"})
  run("verify", office.path, "--against", checkpoint)
  since = os.path.join(folder, "since")
  run("prove", office.path, "--since", checkpoint, "-o", since)
  run("check-proof", since, "--certificate", store, "--ca", authority)
  for name in (proof, since):
    with open(name, "rb") as file:
      data = file.read()
    at = data.index(b"\n\n") - 10
    with open(name + ".bad", "wb") as file:
      file.write(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    run("check-proof", name + ".bad", status=4)
  # a signed entry, with the signer's certificate
  run("prove", office.path, case.split("-")[0] + "-1", "-o", proof)
  signer = [name for name in os.listdir(certificates) if "-1-1." in name]
  done = run("check-proof", proof, "--certificate", store, "--certificate", os.path.join(certificates, signer[0]),
             "--ca", authority)
  assert "not checked" not in done.stdout, done.stdout


def test_two_programs(folder):
  office = Office(folder, demo=True)
  waiting = subprocess.Popen([PROGRAM, "do", office.path, "--as", "admin", "person.add", "-"],
                             stdin=subprocess.PIPE, env=ENVIRONMENT)
  waiting.stdin.close()
  waiting.wait()
  writers = [subprocess.Popen([PROGRAM, "do", office.path, "--as", "admin", "person.add",
                               json.dumps({"user": f"u{i}", "name": "张某"})],
                              env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
             for i in range(6)]
  done = [writer.communicate() + (writer.returncode,) for writer in writers]
  assert all(status in (0, 2) for _, _, status in done), done
  for _, errors, status in done:
    assert status == 0 or "process" in errors or str(status) and errors.strip(), errors
  n_done = sum(status == 0 for _, _, status in done)
  report = json.loads(run("verify", office.path, "--json").stdout)
  assert report["entries"] == 1 + n_done, (report, done)


def test_codes(folder):
  assert run("code", "amount", "1,680.32").stdout.strip() == "人民币壹仟陆佰捌拾元零叁角贰分"
  run("code", "uscc", "91110000MA0TEQT13C")
  done = subprocess.run([PROGRAM, "code", "uscc", "91110000MA0TEQT13D"], capture_output=True, text=True,
                        env=ENVIRONMENT)
  assert done.returncode == 4 and "C" in done.stdout + done.stderr
  run("code", "id", "11010519491231002X")
  run("code", "amount", "-1", status=1)
  run("code", "amount", "1.234", status=1)
  run("code", "colour", "x", status=1)


def test_acts(folder):
  acts = json.loads(run("acts", "--json").stdout)
  names = [act["name"] for act in acts]
  assert names == sorted(names) and "case.open" in names and "store.init" in names
  for act in acts:
    one = json.loads(run("acts", act["name"], "--json").stdout)
    assert one == act
    assert act["summary"] and (act.get("final") or act.get("inverse"))
  run("acts", "no.such", status=1)
  text = run("acts", "case.close").stdout
  assert "The entry is not signed." in text and "It cannot be undone." in text, text
  assert "Handler (handler), Head of the handling section (section_head)" in text, text
  text = run("acts", "role.grant").stdout
  assert "signed with the key" in text and "undone by the act role.revoke." in text, text


def test_damage(folder):
  office = Office(folder, demo=True)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  file = os.path.join(folder, "photo.jpg")
  with open(file, "wb") as photo:
    photo.write(os.urandom(20000))
  office.do("zhang", "attachment.add", {"case": case, "file": file})
  shown = json.loads(run("case", "show", office.path, case, "--json").stdout)
  digest = shown["attachments"][0]["object"]
  path = os.path.join(office.path, "objects", digest[:2], digest[2:])
  os.chmod(path, 0o600)
  with open(path, "r+b") as photo:
    photo.seek(777)
    byte = photo.read(1)
    photo.seek(777)
    photo.write(bytes([byte[0] ^ 8]))
  report = json.loads(subprocess.run([PROGRAM, "verify", office.path, "--json"], capture_output=True, text=True,
                                     env=ENVIRONMENT).stdout)
  assert not report["ok"] and digest[2:] in report["faults"][0]["place"], report
  run("verify", office.path, status=4)
  os.unlink(path)
  run("verify", office.path, status=4)
  # nothing that is on paper may go where the program looks for a store
  os.truncate(os.path.join(office.path, "juanzong.db"), 5000)
  run("verify", office.path, status=4)
  office.do("zhang", "case.note", {"case": case, "text": "x"}, status=4)


def test_search(folder):
  office = Office(folder, demo=True)
  office.staff()
  case = office.make("zhang", "case.open", CASE)
  note = office.make("zhang", "case.note", {"case": case, "text": "ABC-12 型油烟机\n未开，到场核实"})

  def found(text, *options):
    return json.loads(run("search", office.path, "--json", *options, "--", text).stdout)

  (row,) = found("油烟")
  assert row["case"] == case and row["id"] == note and row["kind"] == "note", row
  assert row["number"] == "2025-000001" and row["title"] == CASE["title"], row
  assert [row["snippet"][mark["start"]:mark["end"]] for mark in row["marks"]] == ["油烟"], row
  for text in ("烟", "油烟机", "油烟机 到场", "abc", "ＡＢＣ－１２", "核实 未开", "-12"):
    assert [row["id"] for row in found(text)] == [note], text
  assert [row["field"] for row in found("占道")] == ["case.title", "case.matter"]
  assert len(found("某", "--limit", "1")) == 1
  assert found("烟油") == found("到场 占道") == []
  done = run("search", office.path, "油烟")
  assert done.stdout == f"2025-000001  {CASE['title']}  Note  {note}  ABC-12 型【油烟】机 未开，到场核实\n", done
  done = run("search", office.path, "没有写过")
  assert "没有写过" in done.stdout and done.stderr == "", done
  for words in (("",), (" ，",), (), ("a", "b"), ("油", "--limit", "0"), ("油", "--limit", "x"), ("字" * 300,)):
    run("search", office.path, *words, status=1)
  run("search", os.path.join(folder, "nowhere"), "油烟", status=2)


def as_nobody(*words):
  """As somebody without rights: root would be let through everywhere."""
  change = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.getuid() == 0 else []
  return subprocess.run([*change, PROGRAM, *words], capture_output=True, text=True, env=ENVIRONMENT, cwd="/")


def test_no_rights(folder):
  office = Office(folder, demo=True)
  os.chmod(folder, 0o755)
  os.chmod(office.path, 0o000)
  for words in (("verify", office.path), ("case", "list", office.path), ("rebuild", office.path), ("search", office.path, "x"),
                ("do", office.path, "--as", "admin", "person.add", "{}")):
    done = as_nobody(*words)
    assert done.returncode == 2 and office.path in done.stderr, (words, done)
  os.chmod(office.path, 0o700)
  run("verify", office.path)
  done = as_nobody("init", os.path.join(folder, "other"), "--bureau", "x", "--admin", "y", "--demo")
  assert done.returncode == 2 and done.stderr.strip(), done
  assert sorted(os.listdir(folder)) == ["store"], os.listdir(folder)


def test_a_newer_store(folder):
  office = Office(folder, demo=True)
  database = os.path.join(office.path, "juanzong.db")

  def execute(script):
    subprocess.run(["sqlite3", database, script], check=True)

  execute("PRAGMA user_version = 99")
  # the form is ours, only its number was altered: that is damage
  run("verify", office.path, status=4)
  execute("CREATE TABLE of_tomorrow (a)")
  done = run("verify", office.path, status=2)
  assert "newer version" in done.stderr, done.stderr
  for words in (("case", "list", office.path), ("do", office.path, "--as", "admin", "person.add", "{}")):
    assert "newer version" in run(*words, status=2).stderr
  execute("DROP TABLE of_tomorrow; PRAGMA user_version = 2")
  run("verify", office.path)


TESTS = [value for name, value in sorted(globals().items()) if name.startswith("test_")]


def main():
  failed = 0
  print(f"1..{len(TESTS)}")
  for number, test in enumerate(TESTS, 1):
    folder = tempfile.mkdtemp(prefix="juanzong-cli-")
    try:
      test(folder)
      print(f"ok {number} {test.__name__}", flush=True)
    except Exception as error:  # every failure is told, and the next test runs
      failed += 1
      print(f"not ok {number} {test.__name__}\n# {type(error).__name__}: {str(error)[:3000]!r}", flush=True)
    finally:
      shutil.rmtree(folder, ignore_errors=True)
  return failed != 0


if __name__ == "__main__":
  sys.exit(main())
