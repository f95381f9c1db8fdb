/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/act_words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"

/* What people call the acts: on buttons and in menus, and in the record of a case, which is read as
 * sentences (ux.md §4). %1$s is who did it, %2$s with what: a document, a person, a file. */

static const struct {
  const char *act;
  const char *label;
  const char *sentence;
  const char *sentence_with; /* NULL where nothing is named */
} words[] = {
  /* clang-format off */
  { "assistance.answer", NC_ ("act", "Other organ answered"), N_ ("%1$s registered the answer of another organ"), NULL },
  { "assistance.ask", NC_ ("act", "Ask for assistance"), N_ ("%1$s wrote down that another organ was asked for assistance"), NULL },
  { "attachment.add", NC_ ("act", "Add a file"), N_ ("%1$s added a file"), N_ ("%1$s added the file “%2$s”") },
  { "attachment.classify", NC_ ("act", "Secrecy and viewers"), N_ ("%1$s classified a file"), N_ ("%1$s classified the file “%2$s” and named who may view it") },
  { "attachment.declassify", NC_ ("act", "Lift the secrecy"), N_ ("%1$s decided that a file is no secret any more"), N_ ("%1$s decided that the file “%2$s” is no secret any more") },
  { "attachment.describe", NC_ ("act", "Describe a file"), N_ ("%1$s changed the description of a file"), N_ ("%1$s changed the description of the file “%2$s”") },
  { "attachment.permit_export", NC_ ("act", "Allow it to go out"), N_ ("%1$s allowed that a classified file goes out with the dossier"), N_ ("%1$s allowed that the classified file “%2$s” goes out with the dossier") },
  { "attachment.state", NC_ ("act", "Say where a file comes from"), N_ ("%1$s said where a file comes from"), N_ ("%1$s said where the file “%2$s” comes from") },
  { "basis.cite", NC_ ("act", "Cite the law"), N_ ("%1$s cited the laws that the decision rests on"), NULL },
  { "ca_password.change", NC_ ("act", "Change the bureau's password"), N_ ("%1$s changed the password of the bureau's own key"), NULL },
  { "calendar.adopt", NC_ ("act", "Adopt a calendar"), N_ ("%1$s adopted a calendar"), NULL },
  { "case.archive", NC_ ("act", "Archive the case"), N_ ("%1$s archived the case"), NULL },
  { "case.assign", NC_ ("act", "Give a duty"), N_ ("%1$s gave a person a duty in the case"), N_ ("%1$s gave %2$s a duty in the case") },
  { "case.characterise", NC_ ("act", "Weigh the case"), N_ ("%1$s wrote down how much weight the case has"), NULL },
  { "case.close", NC_ ("act", "Close the case"), N_ ("%1$s closed the case"), NULL },
  { "case.destroy", NC_ ("act", "Destroy the case"), N_ ("%1$s destroyed the case"), NULL },
  { "case.end", NC_ ("act", "End the investigation"), N_ ("%1$s ended the investigation"), NULL },
  { "case.examine", NC_ ("act", "Examine the result"), N_ ("%1$s examined the result of the investigation"), NULL },
  { "case.file", NC_ ("act", "File the case"), N_ ("%1$s filed the case"), NULL },
  { "case.note", NC_ ("act", "Write a note"), N_ ("%1$s wrote a note"), N_ ("%1$s wrote a note: %2$s") },
  { "case.open", NC_ ("act", "Open a case"), N_ ("%1$s opened the case"), NULL },
  { "case.suspend", NC_ ("act", "Suspend the investigation"), N_ ("%1$s suspended the investigation"), NULL },
  { "case.take_over", NC_ ("act", "Take over a case"), N_ ("%1$s took over the case from paper"), NULL },
  { "case.unassign", NC_ ("act", "End a duty"), N_ ("%1$s ended the duty of a person in the case"), N_ ("%1$s ended the duty of %2$s in the case") },
  { "certificate.issue", NC_ ("act", "Issue a certificate"), N_ ("%1$s issued a certificate"), N_ ("%1$s issued a certificate to %2$s") },
  { "certificate.recover", NC_ ("act", "Recover a certificate"), N_ ("%1$s made a lost certificate anew"), N_ ("%1$s made the lost certificate of %2$s anew") },
  { "certificate.revoke", NC_ ("act", "Revoke a certificate"), N_ ("%1$s revoked a certificate"), N_ ("%1$s revoked the certificate of %2$s") },
  { "clock.confirm", NC_ ("act", "Confirm the clock"), N_ ("%1$s confirmed the clock"), NULL },
  { "closing.state", NC_ ("act", "State the ground of closing"), N_ ("%1$s wrote down the ground of closing"), NULL },
  { "collective.hold", NC_ ("act", "Record the collective discussion"), N_ ("%1$s recorded the collective discussion"), NULL },
  { "conduct.state", NC_ ("act", "State the conduct"), N_ ("%1$s wrote down what was found of the conduct"), NULL },
  { "correction.order", NC_ ("act", "Order to correct"), N_ ("%1$s wrote down that an order to correct was served"), NULL },
  { "correction.recheck", NC_ ("act", "Re-check the correction"), N_ ("%1$s wrote down the re-check of the correction"), NULL },
  { "credential.add", NC_ ("act", "Register a credential"), N_ ("%1$s registered a credential"), N_ ("%1$s registered the credential of %2$s") },
  { "credential.resume", NC_ ("act", "Resume a credential"), N_ ("%1$s made a credential good again"), NULL },
  { "credential.suspend", NC_ ("act", "Suspend a credential"), N_ ("%1$s suspended a credential"), NULL },
  { "decision.approve", NC_ ("act", "Approve the decision"), N_ ("%1$s approved the decision"), NULL },
  { "decision.change", NC_ ("act", "Decision changed"), N_ ("%1$s wrote down that the decision was changed or revoked"), NULL },
  { "decision.differ", NC_ ("act", "Compare with an earlier penalty"), N_ ("%1$s said whether an earlier penalty was for the same act"), NULL },
  { "decision.draft", NC_ ("act", "Draft the decision"), N_ ("%1$s drafted the decision"), NULL },
  { "decision.finalise", NC_ ("act", "Make the decision"), N_ ("%1$s made the decision"), NULL },
  { "decision.serve", NC_ ("act", "Serve the decision"), N_ ("%1$s wrote down that the decision was served"), NULL },
  { "defence.receive", NC_ ("act", "Receive a defence"), N_ ("%1$s registered a statement or defence of the party"), NULL },
  { "defence.recheck", NC_ ("act", "Re-check the defence"), N_ ("%1$s re-checked the statement or defence"), NULL },
  { "defence.waive", NC_ ("act", "Defence waived"), N_ ("%1$s registered that the party waives statement and defence"), NULL },
  { "discretion.approve", NC_ ("act", "Approve the departure"), N_ ("%1$s approved a departure from the benchmark"), NULL },
  { "discretion.cite", NC_ ("act", "Cite the benchmark"), N_ ("%1$s cited the benchmark"), NULL },
  { "document.approve", NC_ ("act", "Approve the document"), N_ ("%1$s approved a document"), N_ ("%1$s approved %2$s") },
  { "document.correct", NC_ ("act", "Correct the document"), N_ ("%1$s drafted a corrected document"), N_ ("%1$s drafted a corrected %2$s") },
  { "document.draft", NC_ ("act", "Draft a document"), N_ ("%1$s drafted a document"), N_ ("%1$s drafted %2$s") },
  { "document.examine", NC_ ("act", "Agree to the document"), N_ ("%1$s agreed to a document"), N_ ("%1$s agreed to %2$s") },
  { "document.finalise", NC_ ("act", "Number the document"), N_ ("%1$s numbered a document and made it final"), N_ ("%1$s numbered %2$s and made it final") },
  { "document.return", NC_ ("act", "Return the document"), N_ ("%1$s gave a document back to be revised"), N_ ("%1$s gave %2$s back to be revised") },
  { "document.revise", NC_ ("act", "Revise the document"), N_ ("%1$s revised a document"), N_ ("%1$s revised %2$s") },
  { "document.serve", NC_ ("act", "Serve the document"), N_ ("%1$s wrote down the service of a document"), N_ ("%1$s wrote down the service of %2$s") },
  { "document.sign", NC_ ("act", "Sign or seal"), N_ ("%1$s wrote down that a document was signed or sealed"), N_ ("%1$s wrote down the signing or sealing of %2$s") },
  { "document.submit", NC_ ("act", "Submit for approval"), N_ ("%1$s submitted a document for approval"), N_ ("%1$s submitted %2$s for approval") },
  { "document.void", NC_ ("act", "Make void"), N_ ("%1$s made a document void"), N_ ("%1$s made %2$s void") },
  { "dossier.arrange", NC_ ("act", "Order the dossier"), N_ ("%1$s put the dossier in order"), NULL },
  { "dossier.bind", NC_ ("act", "Bind the dossier"), N_ ("%1$s bound the dossier"), NULL },
  { "dossier.clear", NC_ ("act", "Clear a file for the party"), N_ ("%1$s said whether a file shows nothing of others"), N_ ("%1$s said whether the file “%2$s” shows nothing of others") },
  { "dossier.cover", NC_ ("act", "Cover for the party"), N_ ("%1$s covered in a document what is of others"), N_ ("%1$s covered what is of others in %2$s") },
  { "dossier.give", NC_ ("act", "Give out the dossier"), N_ ("%1$s gave out the dossier"), N_ ("%1$s gave the dossier to %2$s") },
  { "dossier.open_secondary", NC_ ("act", "Give out the secondary volume"), N_ ("%1$s approved that the secondary volume is given out"), NULL },
  { "dossier.show_party", NC_ ("act", "Show the dossier to the party"), N_ ("%1$s showed the dossier to the party"), N_ ("%1$s showed the dossier to %2$s, of or for the party") },
  { "evidence.add", NC_ ("act", "Add evidence"), N_ ("%1$s added evidence"), N_ ("%1$s added the evidence “%2$s”") },
  { "evidence.bind", NC_ ("act", "State what it proves"), N_ ("%1$s said what an item of evidence proves"), N_ ("%1$s said what the evidence “%2$s” proves") },
  { "evidence.describe", NC_ ("act", "State the purpose of proof"), N_ ("%1$s wrote down what an item of evidence is to show"), N_ ("%1$s wrote down what the evidence “%2$s” is to show") },
  { "evidence.exclude", NC_ ("act", "Exclude evidence"), N_ ("%1$s excluded an item of evidence"), N_ ("%1$s excluded the evidence “%2$s”") },
  { "evidence.order", NC_ ("act", "Order the evidence"), N_ ("%1$s put the evidence in order"), NULL },
  { "evidence.register_secret", NC_ ("act", "Register a state secret"), N_ ("%1$s registered where a state secret is kept that is evidence"), N_ ("%1$s registered where the state secret is kept that is the evidence “%2$s”") },
  { "field.collect", NC_ ("act", "Collect evidence on the spot"), N_ ("%1$s recorded the collecting of evidence on the spot"), NULL },
  { "field.inquire", NC_ ("act", "Record an inquiry"), N_ ("%1$s recorded an inquiry"), NULL },
  { "field.inspect", NC_ ("act", "Record an inspection"), N_ ("%1$s recorded an inspection"), NULL },
  { "field.sample", NC_ ("act", "Record sampling"), N_ ("%1$s recorded the taking of samples"), NULL },
  { "forms.adopt", NC_ ("act", "Adopt forms"), N_ ("%1$s adopted forms"), NULL },
  { "gate.override", NC_ ("act", "Let it through"), N_ ("%1$s let an act through that a rule refuses"), NULL },
  { "hearing.appoint", NC_ ("act", "Appoint the host"), N_ ("%1$s appointed who presides at the hearing"), NULL },
  { "hearing.ask", NC_ ("act", "Hearing asked for"), N_ ("%1$s registered that the party asks for a hearing"), NULL },
  { "hearing.end", NC_ ("act", "End the hearing"), N_ ("%1$s wrote down that the hearing ended without being held"), NULL },
  { "hearing.hold", NC_ ("act", "Record the hearing"), N_ ("%1$s recorded the hearing"), NULL },
  { "hearing.notify", NC_ ("act", "Notice of the hearing"), N_ ("%1$s wrote down that the notice of the hearing was served"), NULL },
  { "hearing.report", NC_ ("act", "Report on the hearing"), N_ ("%1$s handed in the report on the hearing"), NULL },
  { "hearing.waive", NC_ ("act", "Hearing waived"), N_ ("%1$s registered that the party waives the hearing"), NULL },
  { "lead.check", NC_ ("act", "Check the lead"), N_ ("%1$s checked the lead"), NULL },
  { "lead.drop", NC_ ("act", "Do not file"), N_ ("%1$s decided not to file the case"), NULL },
  { "lead.register", NC_ ("act", "Register a lead"), N_ ("%1$s registered the lead"), NULL },
  { "limit.confirm", NC_ ("act", "Confirm a limit"), N_ ("%1$s confirmed the last day of a limit in writing"), NULL },
  { "limit.exclude", NC_ ("act", "Begin uncounted time"), N_ ("%1$s wrote down that a time begins which is not counted"), NULL },
  { "limit.extend", NC_ ("act", "Extend a limit"), N_ ("%1$s extended a limit"), NULL },
  { "limit.resume", NC_ ("act", "End uncounted time"), N_ ("%1$s wrote down when a time ended that is not counted"), NULL },
  { "materials.ask", NC_ ("act", "Ask for materials"), N_ ("%1$s wrote down that the party was asked for materials"), NULL },
  { "materials.receive", NC_ ("act", "Materials received"), N_ ("%1$s registered that the materials came"), NULL },
  { "notice.approve", NC_ ("act", "Approve the notice"), N_ ("%1$s approved the notice"), NULL },
  { "notice.reconsider", NC_ ("act", "Reconsider the notice"), N_ ("%1$s wrote down whether the notice must be given again"), NULL },
  { "notice.serve", NC_ ("act", "Serve the notice"), N_ ("%1$s wrote down that the notice was served"), NULL },
  { "number.reserve", NC_ ("act", "Reserve numbers"), N_ ("%1$s kept back numbers for documents"), NULL },
  { "number.return", NC_ ("act", "Return a number"), N_ ("%1$s gave back a number"), N_ ("%1$s gave back the number %2$s") },
  { "number.void", NC_ ("act", "Make a number void"), N_ ("%1$s made a number void"), N_ ("%1$s made the number %2$s void") },
  { "party.state", NC_ ("act", "State the party"), N_ ("%1$s wrote down who the party is"), N_ ("%1$s wrote down who the party is: %2$s") },
  { "password.change", NC_ ("act", "Change the password"), N_ ("%1$s changed the own password"), NULL },
  { "payment.defer", NC_ ("act", "Defer payment"), N_ ("%1$s approved that the fine is paid later"), NULL },
  { "payment.demand", NC_ ("act", "Demand payment"), N_ ("%1$s wrote down that a demand for payment was served"), NULL },
  { "payment.record", NC_ ("act", "Record a payment"), N_ ("%1$s registered what was paid"), NULL },
  { "person.add", NC_ ("act", "Add a person"), N_ ("%1$s added a person"), N_ ("%1$s added %2$s") },
  { "person.change", NC_ ("act", "Change a person"), N_ ("%1$s changed a person"), N_ ("%1$s changed what is written of %2$s") },
  { "person.leave", NC_ ("act", "A person leaves"), N_ ("%1$s recorded that a person left"), N_ ("%1$s recorded that %2$s left") },
  { "preservation.approve", NC_ ("act", "Approve the preservation"), N_ ("%1$s approved the registered preservation"), NULL },
  { "preservation.handle", NC_ ("act", "Handle preserved goods"), N_ ("%1$s decided what becomes of the goods kept"), NULL },
  { "preservation.keep", NC_ ("act", "Go on keeping"), N_ ("%1$s wrote down that the goods are still kept"), NULL },
  { "preservation.make", NC_ ("act", "Make the preservation"), N_ ("%1$s made the registered preservation"), NULL },
  { "record.finalise", NC_ ("act", "Finish a record"), N_ ("%1$s made a record final"), NULL },
  { "publication.bundle", NC_ ("act", "Freeze a bundle"), N_ ("%1$s froze what was released as a bundle"), NULL },
  { "publication.check", NC_ ("act", "Check the publication"), N_ ("%1$s checked what is to be published"), N_ ("%1$s checked what is to be published of %2$s") },
  { "publication.collect", NC_ ("act", "Collect for publication"), N_ ("%1$s collected what is to be published"), N_ ("%1$s collected what is to be published of %2$s") },
  { "publication.confirm", NC_ ("act", "Shown by a carrier"), N_ ("%1$s wrote down that a carrier shows what was published"), N_ ("%1$s wrote down that a carrier shows what was published of %2$s") },
  { "publication.confirm_withdrawal", NC_ ("act", "Taken down by a carrier"), N_ ("%1$s wrote down that a carrier took down what was withdrawn"), N_ ("%1$s wrote down that a carrier took down what was withdrawn of %2$s") },
  { "publication.correct", NC_ ("act", "Correct the publication"), N_ ("%1$s collected a correction of what is public"), N_ ("%1$s collected a correction of what is public of %2$s") },
  { "publication.dismiss_error", NC_ ("act", "Not an error"), N_ ("%1$s decided that what was reported of what is public is no error"), N_ ("%1$s decided that what was reported of %2$s is no error") },
  { "publication.exempt", NC_ ("act", "Do not publish"), N_ ("%1$s decided not to publish"), N_ ("%1$s decided not to publish %2$s") },
  { "publication.reexamine", NC_ ("act", "Re-examine the exemption"), N_ ("%1$s re-examined whether it can be published"), N_ ("%1$s re-examined whether %2$s can be published") },
  { "publication.release", NC_ ("act", "Release"), N_ ("%1$s released what is to be published"), N_ ("%1$s released what is to be published of %2$s") },
  { "publication.report_error", NC_ ("act", "Report an error"), N_ ("%1$s reported an error in what is public"), N_ ("%1$s reported an error in what is public of %2$s") },
  { "publication.withdraw", NC_ ("act", "Withdraw the publication"), N_ ("%1$s withdrew what was published"), N_ ("%1$s withdrew what was published of %2$s") },
  { "recording.allow", NC_ ("act", "Allow recording again"), N_ ("%1$s took back that a step must not be recorded"), NULL },
  { "recording.approve", NC_ ("act", "Decide on a reason"), N_ ("%1$s decided on why something was not recorded"), NULL },
  { "recording.bind", NC_ ("act", "Link a recording"), N_ ("%1$s linked a recording to a step"), NULL },
  { "recording.check_shot", NC_ ("act", "Tick what is seen"), N_ ("%1$s said where in a recording something is seen"), NULL },
  { "recording.declare", NC_ ("act", "From when to when"), N_ ("%1$s said from when to when a step lasted"), NULL },
  { "recording.describe", NC_ ("act", "Change a mark"), N_ ("%1$s changed what a mark of a recording says"), N_ ("%1$s changed a mark of a recording: %2$s") },
  { "recording.dispose", NC_ ("act", "Decide on a sealed recording"), N_ ("%1$s decided what becomes of a recording that must not have been made"), NULL },
  { "recording.excuse", NC_ ("act", "Excuse a missing recording"), N_ ("%1$s said why a step has no recording"), NULL },
  { "recording.explain_gap", NC_ ("act", "Explain a gap"), N_ ("%1$s explained why a part of a step was not recorded"), NULL },
  { "recording.forbid", NC_ ("act", "Forbid recording"), N_ ("%1$s decided that a step must not be recorded"), NULL },
  { "recording.mark", NC_ ("act", "Mark a recording"), N_ ("%1$s marked a recording"), N_ ("%1$s marked a moment of %2$s") },
  { "recording.still", NC_ ("act", "Keep a still frame"), N_ ("%1$s kept a still frame of a recording"), N_ ("%1$s kept a still frame of a recording as %2$s") },
  { "recording.tie", NC_ ("act", "Tie to a recording"), N_ ("%1$s tied words to a second of a recording"), N_ ("%1$s tied words to a recording: %2$s") },
  { "recording.unbind", NC_ ("act", "Unlink a recording"), N_ ("%1$s took back that a file is the recording of a step"), NULL },
  { "recording.unmark", NC_ ("act", "Take a mark away"), N_ ("%1$s took away a mark of a recording"), NULL },
  { "recording.untie", NC_ ("act", "Untie from a recording"), N_ ("%1$s took away what tied words to a recording"), NULL },
  { "recording.view", NC_ ("act", "View a file"), N_ ("%1$s viewed a file of the case"), N_ ("%1$s viewed %2$s") },
  { "recusal.ask", NC_ ("act", "Ask for recusal"), N_ ("%1$s registered a request for recusal"), N_ ("%1$s registered a request for the recusal of %2$s") },
  { "recusal.decide", NC_ ("act", "Decide on recusal"), N_ ("%1$s decided on a recusal"), N_ ("%1$s decided on the recusal of %2$s") },
  { "recusal.tell", NC_ ("act", "Recusal right told"), N_ ("%1$s wrote down that the party was told of recusal"), NULL },
  { "report.make", NC_ ("act", "Report the investigation"), N_ ("%1$s handed in the report that ends the investigation"), NULL },
  { "review.ask", NC_ ("act", "Ask for missing materials"), N_ ("%1$s asked for missing materials"), NULL },
  { "review.assign", NC_ ("act", "Assign the reviewer"), N_ ("%1$s assigned the legal reviewer"), N_ ("%1$s assigned %2$s as the legal reviewer") },
  { "review.conclude", NC_ ("act", "Give the opinion"), N_ ("%1$s gave the opinion of the legal review"), NULL },
  { "review.confirm", NC_ ("act", "Confirm the changes"), N_ ("%1$s confirmed the changes that the opinion asked for"), NULL },
  { "review.disagree", NC_ ("act", "Disagree with the opinion"), N_ ("%1$s disagreed with the opinion"), NULL },
  { "review.judge", NC_ ("act", "Judge a point"), N_ ("%1$s judged a point of the review"), N_ ("%1$s judged the point %2$s") },
  { "review.question", NC_ ("act", "Ask the handler"), N_ ("%1$s asked the handler a question"), N_ ("%1$s asked the handler: %2$s") },
  { "review.recheck", NC_ ("act", "Confirm clerical changes"), N_ ("%1$s confirmed that only clerical errors were corrected"), NULL },
  { "review.reply", NC_ ("act", "Answer the reviewer"), N_ ("%1$s answered a question of the reviewer"), N_ ("%1$s answered the reviewer: %2$s") },
  { "review.settle", NC_ ("act", "Settle the disagreement"), N_ ("%1$s settled the disagreement with the opinion"), NULL },
  { "review.submit", NC_ ("act", "Submit for review"), N_ ("%1$s submitted the case for legal review"), NULL },
  { "role.grant", NC_ ("act", "Give a role"), N_ ("%1$s gave a person a role"), N_ ("%1$s gave %2$s a role") },
  { "role.revoke", NC_ ("act", "Take a role"), N_ ("%1$s took a role from a person"), N_ ("%1$s took a role from %2$s") },
  { "rulebook.adopt", NC_ ("act", "Adopt rules"), N_ ("%1$s adopted rules"), NULL },
  { "session.sign_in", NC_ ("act", "Sign in"), N_ ("%1$s signed in"), NULL },
  { "session.sign_out", NC_ ("act", "Sign out"), N_ ("%1$s signed out"), NULL },
  { "setting.change", NC_ ("act", "Change a setting"), N_ ("%1$s changed a setting"), N_ ("%1$s changed the setting %2$s") },
  { "store.accept", NC_ ("act", "Accept the store"), N_ ("%1$s accepted the store"), NULL },
  { "store.copied", NC_ ("act", "Store copied"), N_ ("%1$s made the copied folder a store of its own"), NULL },
  { "store.init", NC_ ("act", "Found the store"), N_ ("%1$s founded the store"), NULL },
  { "store.moved", NC_ ("act", "Store moved"), N_ ("%1$s confirmed that the store was moved"), NULL },
  { "store.restored", NC_ ("act", "Store restored"), N_ ("%1$s went on from a backup"), NULL },
  { "testing.entrust", NC_ ("act", "Entrust a test"), N_ ("%1$s entrusted a test or an appraisal"), NULL },
  { "testing.result", NC_ ("act", "Result of a test"), N_ ("%1$s registered the result of a test"), NULL },
  { "transfer.answer", NC_ ("act", "Answer to the transfer"), N_ ("%1$s registered the answer of the police"), NULL },
  { "transfer.approve", NC_ ("act", "Approve the transfer"), N_ ("%1$s approved the transfer of a suspected crime"), NULL },
  { "transfer.go_on", NC_ ("act", "Go on without an answer"), N_ ("%1$s decided to go on without an answer of the police"), NULL },
  { "transfer.send", NC_ ("act", "Transfer sent"), N_ ("%1$s wrote down that the suspected crime was handed over"), NULL },
  { "transfer.suspect", NC_ ("act", "Is a crime suspected"), N_ ("%1$s wrote down whether a crime is suspected"), NULL },
  /* clang-format on */
};

static gssize
find (const char *act)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].act, act) == 0)
      return (gssize)i;
  return -1;
}

/**
 * jz_act_get_label:
 * @act: name of an act
 *
 * Returns: (transfer none): what is written on a button that does it, in the user's language; @act
 *   itself where there is no such act
 */
const char *
jz_act_get_label (const char *act)
{
  gssize i = find (act);

  return i >= 0 ? g_dpgettext2 (GETTEXT_PACKAGE, "act", words[i].label) : act;
}

/**
 * jz_act_dup_sentence:
 * @act: name of an act, or of its proposal
 * @who: who did it
 * @what: (nullable): with what; left out where the sentence names nothing
 *
 * Returns: (transfer full): a sentence that says what was done (ux.md §4, the record of a case)
 */
char *
jz_act_dup_sentence (const char *act, const char *who, const char *what)
{
  g_autoptr (GString) sentence = NULL;
  gboolean is_proposal = g_str_has_suffix (act, ".propose");
  g_autofree char *name = g_strndup (act, strlen (act) - (is_proposal ? strlen (".propose") : 0));
  gssize i = find (name);

  if (is_proposal) {
    /* Translators: %1$s is a person, %2$s what a button is called, such as File the case. */
    sentence = g_string_new (_ ("%1$s proposed: %2$s"));
    g_string_replace (sentence, "%2$s", jz_act_get_label (name), 1);
  } else if (i < 0) {
    sentence = g_string_new ("%1$s ");
    g_string_append (sentence, act);
  } else if (what != NULL && words[i].sentence_with != NULL) {
    g_auto (GStrv) parts = g_strsplit (_ (words[i].sentence_with), "%2$s", 2);
    sentence = g_string_new (parts[0]);
    g_string_replace (sentence, "%1$s", who, 1);
    g_string_append (sentence, what);
    g_string_append (sentence, parts[1] != NULL ? parts[1] : "");
    return g_string_free (g_steal_pointer (&sentence), FALSE);
  } else
    sentence = g_string_new (_ (words[i].sentence));
  g_string_replace (sentence, "%1$s", who, 1);
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/**
 * jz_argument_get_word_label:
 * @argument: an argument
 * @word: one of its words
 *
 * Returns: (transfer none): what people call it; @word itself where nobody gave it a name
 */
const char *
jz_argument_get_word_label (const JzArgument *argument, const char *word)
{
  static const struct {
    const char *argument;
    const char *word;
    const char *label;
  } labels[] = {
    { "way", "account", NC_ ("choice", "approved with the approver's own account") },
    { "way", "paper", NC_ ("choice", "approved on paper") },
    { "way", "telephone", NC_ ("choice", "approved by telephone") },
    { "how", "sealed", NC_ ("choice", "sealed") },
    { "how", "signed", NC_ ("choice", "signed") },
    { "how", "refused", NC_ ("choice", "signing was refused") },
    { "signed", "signed", NC_ ("choice", "signed") },
    { "signed", "refused", NC_ ("choice", "signing was refused") },
    { "signed", "absent", NC_ ("choice", "nobody was there to sign") },
    { "result", "served", NC_ ("choice", "served") },
    { "result", "returned", NC_ ("choice", "came back") },
    { "result", "return", NC_ ("choice", "given back") },
    { "result", "seal", NC_ ("choice", "sealed off") },
    { "result", "sample", NC_ ("choice", "kept as a sample") },
    { "result", "test", NC_ ("choice", "sent to be tested") },
    { "result", "confiscate", NC_ ("choice", "confiscated") },
    { "result", "transfer", NC_ ("choice", "handed to another organ") },
    { "verdict", "pass", NC_ ("choice", "meets it") },
    { "verdict", "fail", NC_ ("choice", "does not meet it") },
    { "verdict", "not_applicable", NC_ ("choice", "does not apply") },
    { "cause", "fault", NC_ ("choice", "fault of the device") },
    { "cause", "weather", NC_ ("choice", "weather") },
    { "cause", "obstruction", NC_ ("choice", "obstruction by others") },
    { "cause", "other", NC_ ("choice", "another cause") },
    { "use", "archive", NC_ ("choice", "for the archive") },
    { "use", "evaluation", NC_ ("choice", "for the evaluation of case files") },
    { "use", "reconsideration", NC_ ("choice", "for administrative reconsideration") },
    { "use", "court", NC_ ("choice", "for a court") },
    { "use", "party", NC_ ("choice", "to be seen by the party") },
    { "ground", "state_secret", NC_ ("choice", "state secret") },
    { "ground", "business_secret", NC_ ("choice", "business secret") },
    { "ground", "privacy", NC_ ("choice", "privacy") },
    { "ground", "unfit", NC_ ("choice", "a scene that must not be recorded") },
    { "capacity", "party", NC_ ("choice", "the party") },
    { "capacity", "representative", NC_ ("choice", "the legal representative") },
    { "capacity", "agent", NC_ ("choice", "somebody whom the party sends") },
    { "capacity", "lawyer", NC_ ("choice", "a lawyer") },
    { "manner", "read", NC_ ("choice", "read it here") },
    { "manner", "copy", NC_ ("choice", "took a copy") },
    { "disposal", "seal", NC_ ("choice", "stays sealed off") },
    { "disposal", "hand_over", NC_ ("choice", "handed to the secrecy office") },
    { "disposal", "release",
      NC_ ("choice", "released: it does not show what must not be recorded") },
    { "verdict", "return", NC_ ("choice", "given back") },
    { "outcome", "keep", NC_ ("choice", "stays unpublished") },
    { "outcome", "open", NC_ ("choice", "can be published") },
    { "by", "self", NC_ ("choice", "the bureau itself") },
    { "by", "review", NC_ ("choice", "administrative reconsideration") },
    { "by", "court", NC_ ("choice", "a court") },
    { "by", "superior", NC_ ("choice", "the organ above") },
    { "channel", "office", NC_ ("choice", "found in the bureau itself") },
    { "channel", "party", NC_ ("choice", "told by the party") },
    { "channel", "public", NC_ ("choice", "told by somebody of the public") },
    { "channel", "carrier", NC_ ("choice", "told by a carrier") },
    { "channel", "superior", NC_ ("choice", "told by an organ above") },
    { "same", "same", NC_ ("choice", "the same act") },
    { "same", "other", NC_ ("choice", "another act") },
    { "over", "shipped", NC_ ("choice", "the shipped one") },
    { "over", "adopted", NC_ ("choice", "the adopted one") },
    { "reason", "first", NC_ ("choice", "the first one") },
    { "reason", "replaced", NC_ ("choice", "in place of another") },
    { "reason", "forgotten", NC_ ("choice", "the password was forgotten") },
    { "reason", "expired", NC_ ("choice", "the earlier one ran out") },
  };
  const char *named = NULL;

  if (argument->fact != NULL)
    return jz_fact_definition_get_label (argument->fact, word, jz_language_get_current ());
  if (strcmp (argument->name, "duty") == 0 || strcmp (argument->name, "role") == 0)
    return jz_role_word (word);
  for (gsize i = 0; named == NULL && i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].argument, argument->name) == 0 && strcmp (labels[i].word, word) == 0)
      named = labels[i].label;
  return named != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "choice", named) : word;
}
