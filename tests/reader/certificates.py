# SPDX-License-Identifier: GPL-3.0-or-later
"""Which acts are signed, and whose certificate was good at which place of the journal (§6)."""

import ssl

from formats import IDENTITY, SM2_PUBLIC_KEY, key_der, openssl, require, sha256

# The acts that say whose certificate is good from where on; "a" stands for the arguments of one.
ISSUES = {
  'store.init': lambda row, a: [(row.store + '-ca', a['ca']), (row.actor, a['certificate']),
                                (row.store, a['store_certificate'])],
  'store.accept': lambda row, a: [(a['person'], a['certificate'])],
  'certificate.issue': lambda row, a: [(a['person'], a['certificate'])],
  'certificate.recover': lambda row, a: [(a['person'], a['certificate'])],
  'store.copied': lambda row, a: [(row.store, a['store_certificate'])],
  'store.restored': lambda row, a: [(row.store, a['store_certificate'])],
}
SELF_SIGNED = ('store.init', 'store.accept', 'certificate.recover')  # good from this entry itself on
CLOSES = ('certificate.revoke', 'person.leave')

# The acts of responsibility of version 0.1 (`juanzongctl acts`), and those that two must sign.
TWO_SIGN = ('calendar.adopt', 'case.destroy', 'certificate.issue', 'certificate.revoke',
            'dossier.open_secondary', 'forms.adopt', 'rulebook.adopt', 'store.accept')
MUST_SIGN = TWO_SIGN + (
  'attachment.classify', 'attachment.declassify', 'attachment.permit_export',
  'ca_password.change', 'case.archive', 'case.end', 'case.examine', 'case.file', 'case.suspend',
  'certificate.recover', 'clock.confirm', 'decision.approve', 'decision.change',
  'decision.finalise', 'discretion.approve', 'document.approve', 'document.examine',
  'document.finalise', 'dossier.bind', 'dossier.give', 'dossier.show_party',
  'evidence.register_secret', 'gate.override', 'hearing.appoint', 'lead.drop', 'limit.confirm',
  'limit.extend', 'notice.approve', 'number.reserve', 'password.change', 'payment.defer',
  'person.leave', 'preservation.approve', 'preservation.handle', 'publication.bundle',
  'publication.check', 'publication.dismiss_error', 'publication.exempt', 'publication.reexamine', 'publication.release',
  'publication.withdraw', 'recording.allow', 'recording.approve', 'recording.dispose',
  'recording.forbid', 'recusal.decide', 'review.conclude', 'review.confirm', 'review.judge',
  'review.recheck', 'review.settle', 'review.submit', 'role.grant', 'role.revoke',
  'setting.change', 'store.copied', 'store.init', 'store.moved', 'store.restored',
  'transfer.approve', 'transfer.go_on')


class Certificates:
  """Whose certificate was which, at the place of the entry that is being read."""

  def __init__(self, signatures):
    self.signatures = signatures
    self.keys = {}     # hash: (owner, public key in PEM)
    self.current = {}  # owner: hash of the certificate that is good now
    self.ca = None     # the bureau's certificate, the first one named

  def issue(self, owner, der):
    """From this entry on @owner signs with this certificate; an earlier one is closed."""
    self.ca = self.ca or der
    subject, key = self.look_at(self.ca, der)
    require(subject == 'subject=CN=' + owner, 'the certificate is not that of ' + owner)
    self.keys[sha256(der)] = (owner, key)
    self.current[owner] = sha256(der)

  def look_at(self, ca, der):
    """Subject and public key (PEM) of a certificate that the CA issued."""
    ca_file, file = [self.signatures.file(sha256(part).hex() + '.pem',
                                          ssl.DER_cert_to_PEM_cert(part).encode())
                     for part in (ca, der)]
    shown = openssl('x509', '-in', file, '-noout', '-subject', '-nameopt', 'RFC2253', '-pubkey')
    require(shown.returncode == 0, 'a certificate cannot be read')
    subject, _, key = shown.stdout.partition(b'\n')
    require(key_der(key).startswith(SM2_PUBLIC_KEY), 'the key of a certificate is not of SM2')
    good = openssl('verify', '-no_check_time', '-vfyopt', IDENTITY, '-CAfile', ca_file, file)
    require(good.returncode == 0, 'the certificate of %s is not by the CA' % subject.decode())
    return subject.decode(), key
