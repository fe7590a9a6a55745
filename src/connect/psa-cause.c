/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "psa-cause.h"

#include <glib/gi18n.h>

/* One row a cause. The three sentences are templates: psa_message_new() fills what stands in braces
 * and knows the few cases in which a sentence is another one. */
typedef struct
{
  PsaState state;
  PsaFix fix;
  PsaField field;
  const char *what;
  const char *why;
  const char *next;
} CauseRow;

/* The nicks are the tokens of files and of `--json`. */
/* clang-format off */
G_DEFINE_ENUM_TYPE (PsaState, psa_state,
                    G_DEFINE_ENUM_VALUE (PSA_STATE_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_REJECTED, "rejected"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_NOT_PERMITTED, "not-permitted"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_NEEDS_CORRECTION, "needs-correction"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_SECRET_UNAVAILABLE, "secret-unavailable"),
                    G_DEFINE_ENUM_VALUE (PSA_STATE_NOT_CHECKED, "not-checked"))

G_DEFINE_ENUM_TYPE (PsaCause, psa_cause,
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CERTIFICATE_EXPIRING, "certificate-expiring"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_ROLE_NARROW, "role-narrow"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_VERSION_DRIFT, "version-drift"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_SLOW, "slow"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_KEYS_REJECTED, "keys-rejected"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_NOT_PERMITTED, "not-permitted"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_BAD_ADDRESS, "bad-address"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_WEB_ADDRESS, "web-address"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_NOT_PSA, "not-psa"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_REDIRECTED, "redirected"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_UNKNOWN_COMPANY, "unknown-company"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_NOT_ROUTABLE, "not-routable"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CLIENT_ID_REFUSED, "client-id-refused"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_VERSION_UNSUPPORTED, "version-unsupported"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CERTIFICATE_CHANGED, "certificate-changed"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CERTIFICATE_EXPIRED, "certificate-expired"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CERTIFICATE_WRONG_HOST, "certificate-wrong-host"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CERTIFICATE_UNTRUSTED, "certificate-untrusted"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_HOST_NOT_FOUND, "host-not-found"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CONNECTION_REFUSED, "connection-refused"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_TIMED_OUT, "timed-out"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_CAPTIVE_PORTAL, "captive-portal"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_PROXY_FAILED, "proxy-failed"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_TLS_FAILED, "tls-failed"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_RATE_LIMITED, "rate-limited"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_SERVER_ERROR, "server-error"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_BAD_ANSWER, "bad-answer"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_KEYRING_LOCKED, "keyring-locked"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_KEYRING_UNAVAILABLE, "keyring-unavailable"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_SECRET_MISSING, "secret-missing"),
                    G_DEFINE_ENUM_VALUE (PSA_CAUSE_NEVER_CHECKED, "never-checked"))

static const char *const state_words[] = {
  [PSA_STATE_CONNECTED] = N_("Connected"),
  [PSA_STATE_WARNING] = N_("Connected, with warnings"),
  [PSA_STATE_REJECTED] = N_("Keys rejected"),
  [PSA_STATE_NOT_PERMITTED] = N_("Not permitted"),
  [PSA_STATE_NEEDS_CORRECTION] = N_("Needs correction"),
  [PSA_STATE_UNREACHABLE] = N_("Unreachable"),
  [PSA_STATE_SECRET_UNAVAILABLE] = N_("Secret unavailable"),
  [PSA_STATE_NOT_CHECKED] = N_("Not checked"),
};

/* Shapes, not colours; the window brings them along, since no theme has all eight. */
static const char *const state_icons[] = {
  [PSA_STATE_CONNECTED] = "psa-state-connected-symbolic",
  [PSA_STATE_WARNING] = "psa-state-warning-symbolic",
  [PSA_STATE_REJECTED] = "psa-state-rejected-symbolic",
  [PSA_STATE_NOT_PERMITTED] = "psa-state-not-permitted-symbolic",
  [PSA_STATE_NEEDS_CORRECTION] = "psa-state-needs-correction-symbolic",
  [PSA_STATE_UNREACHABLE] = "psa-state-unreachable-symbolic",
  [PSA_STATE_SECRET_UNAVAILABLE] = "psa-state-secret-unavailable-symbolic",
  [PSA_STATE_NOT_CHECKED] = "psa-state-not-checked-symbolic",
};

static const CauseRow rows[PSA_N_CAUSES] = {
  [PSA_CAUSE_OK] = {
    PSA_STATE_CONNECTED, PSA_FIX_NONE, PSA_FIELD_NONE,
    /* Translators: the sentences below tell the result of a check. Names in braces are filled in and stay
     * as they are: {host} the server, {name} and {company} the tenant's name and company ID, {status} the number
     * of an HTTP status, {version} and {asked} API versions, {location} an address, {wrong} a list of faults,
     * {modules} a list of modules of ConnectWise PSA. */
    N_("Connected to {name}."),
    N_("{host} accepted the keys and answered a read made with them."),
    N_("There is nothing to do."),
  },
  [PSA_CAUSE_CERTIFICATE_EXPIRING] = {
    PSA_STATE_WARNING, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("Connected to {name}, but the certificate of {host} ends on {expires}."),
    N_("After that day no program will connect to this server until it shows a new certificate."),
    N_("Ask whoever runs {host} to renew the certificate before {expires}."),
  },
  [PSA_CAUSE_ROLE_NARROW] = {
    PSA_STATE_WARNING, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("Connected to {name}, but the security role may not read what this profile needs: {modules}."),
    N_("{host} accepted the keys and says that the role has no Inquire right there, while this profile is said to need it."),
    N_("Ask an administrator of the tenant to allow Inquire for {modules} in the member’s security role."),
  },
  [PSA_CAUSE_VERSION_DRIFT] = {
    PSA_STATE_WARNING, PSA_FIX_USE_VERSION, PSA_FIELD_API_VERSION,
    N_("Connected to {name}, but the profile asks for API version {asked} while the tenant runs {version}."),
    N_("A version newer than the tenant’s does not exist there yet, and one that is more than a year older can go without warning."),
    N_("Set the API version to {version}, after trying what uses this connection with it."),
  },
  [PSA_CAUSE_SLOW] = {
    PSA_STATE_WARNING, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("Connected to {name}, but signing in took {duration}."),
    N_("More than 5 seconds is unusual, and programs that use this connection may give up waiting."),
    N_("Check again in a few minutes, and if it stays slow, ask whoever runs {host}."),
  },
  [PSA_CAUSE_KEYS_REJECTED] = {
    PSA_STATE_REJECTED, PSA_FIX_EDIT, PSA_FIELD_PASSWORD,
    N_("{host} does not accept these keys."),
    N_("It answered {status} to a request signed with them; a wrong public key, a wrong private key, an inactive member and the keys of another company cannot be told apart, and a Client ID that is not accepted can look the same."),
    N_("Enter username and password again – the keys of an API member, an integrator login, or a member ID with its hash – and see on the member’s API Logs tab whether the try arrived."),
  },
  [PSA_CAUSE_NOT_PERMITTED] = {
    PSA_STATE_NOT_PERMITTED, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("The keys are good, but the security role of this member lacks every right that was asked for."),
    N_("{host} gave missing security permission as the reason, which it says only after it has recognised the keys."),
    N_("In PSA, open System › Security Roles, choose the role of this member, and set Inquire to My or All for at least one of Company Maintenance, Service Tickets, Contacts, Member Maintenance and Agreements."),
  },
  [PSA_CAUSE_BAD_ADDRESS] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_EDIT, PSA_FIELD_HOSTNAME,
    N_("This profile cannot be tried as it stands."),
    N_("Its hostname, port, username or Client ID is missing or not of the form that ConnectWise PSA uses, so nothing was sent."),
    N_("Edit the profile: the row that needs correction says what is wrong with it."),
  },
  [PSA_CAUSE_WEB_ADDRESS] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_USE_API_HOST, PSA_FIELD_HOSTNAME,
    N_("{host} is the address of the web pages, not of the API."),
    N_("It answered {status} as web pages do, and the API of this site lives on {apihost}."),
    N_("Replace the hostname by {apihost} and connect again."),
  },
  [PSA_CAUSE_NOT_PSA] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_EDIT, PSA_FIELD_HOSTNAME,
    N_("{host} answers, but not as a ConnectWise PSA server does."),
    N_("Asked for the company “{company}” it answered {status} with something that ConnectWise PSA does not send there."),
    N_("Check the hostname: PSA shows it as Site URL under System › My Company, and the browser in its address bar."),
  },
  [PSA_CAUSE_REDIRECTED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_EDIT, PSA_FIELD_HOSTNAME,
    N_("{host} sends its callers on to another address."),
    N_("It answered {status} and named {location}; nothing was followed, and no keys went there."),
    N_("If you know that address as the tenant’s, enter it as the hostname."),
  },
  [PSA_CAUSE_UNKNOWN_COMPANY] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_FIND_REGION, PSA_FIELD_USERNAME,
    N_("The company “{company}” is not known on {host}."),
    N_("The server answered as ConnectWise PSA does for a company ID that it does not have."),
    N_("Use the ID from the “Company” box of the PSA login screen, which often is not the company’s name, and check that the hostname is that of its region."),
  },
  [PSA_CAUSE_NOT_ROUTABLE] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_USE_NAMED_HOST, PSA_FIELD_HOSTNAME,
    N_("{host} finds no tenant for the company “{company}”."),
    N_("It answered {status} with “Cannot route”, which ConnectWise PSA says where company and region do not belong together."),
    N_("Check the company ID, which stands before the + of the username, and the region in the hostname."),
  },
  [PSA_CAUSE_CLIENT_ID_REFUSED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_EDIT, PSA_FIELD_CLIENT_ID,
    N_("{host} does not accept the Client ID."),
    N_("It answered {status} and named the Client ID as the reason."),
    N_("Compare it with the one at developer.connectwise.com/ClientID; a Client ID of the type Private works only on tenants of its owner."),
  },
  [PSA_CAUSE_VERSION_UNSUPPORTED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_USE_VERSION, PSA_FIELD_API_VERSION,
    N_("{host} does not support API version {asked}."),
    N_("It answered {status} and named the version as the reason."),
    N_("Set the API version to {version}, which the tenant runs, or leave it empty to ask for the current one."),
  },
  [PSA_CAUSE_CERTIFICATE_CHANGED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_TRUST_CERTIFICATE, PSA_FIELD_HOSTNAME,
    N_("The certificate of {host} is not the one that was trusted."),
    N_("Trusted is SHA-256 {trusted}, but the server shows SHA-256 {sha256}, issued by {issuer} for {subject}, valid until {expires}."),
    N_("Ask whoever runs {host} whether the certificate was replaced, and trust the new one only if they tell you the same SHA-256."),
  },
  [PSA_CAUSE_CERTIFICATE_EXPIRED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_CHECK_AGAIN, PSA_FIELD_HOSTNAME,
    N_("The certificate of {host} has expired."),
    N_("It was valid until {expires}, issued by {issuer} for {subject}, SHA-256 {sha256}; found wrong: {wrong}; an expired certificate is not accepted, trusted or not."),
    N_("Ask whoever runs {host} to renew it, and if the date looks right to you, check the clock of this computer."),
  },
  [PSA_CAUSE_CERTIFICATE_WRONG_HOST] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_TRUST_CERTIFICATE, PSA_FIELD_HOSTNAME,
    N_("The certificate of {host} was made for another name."),
    N_("It is for {subject}, issued by {issuer}, valid until {expires}, SHA-256 {sha256}; found wrong: {wrong}."),
    N_("Enter the name that the certificate was made for, or trust it for this profile if whoever runs {host} tells you the same SHA-256."),
  },
  [PSA_CAUSE_CERTIFICATE_UNTRUSTED] = {
    PSA_STATE_NEEDS_CORRECTION, PSA_FIX_TRUST_CERTIFICATE, PSA_FIELD_HOSTNAME,
    N_("The certificate of {host} comes from an issuer that this computer does not trust."),
    N_("It was issued by {issuer} for {subject}, valid until {expires}, SHA-256 {sha256}; found wrong: {wrong}."),
    N_("Trust it for this profile only if whoever runs {host} tells you the same SHA-256."),
  },
  [PSA_CAUSE_HOST_NOT_FOUND] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_FIND_REGION, PSA_FIELD_HOSTNAME,
    N_("The host {host} was not found."),
    N_("No name server knows this name, or none could be asked."),
    N_("Check the hostname for slips – cloud tenants have names such as api-na.myconnectwise.net – and that this computer is on the network that knows it."),
  },
  [PSA_CAUSE_CONNECTION_REFUSED] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_HOSTNAME,
    N_("{host} does not take the connection."),
    N_("Nothing accepts connections at this address and port, or a firewall turns them away."),
    N_("Check hostname and port, and ask whoever runs the server whether this network is on its allow-list."),
  },
  [PSA_CAUSE_TIMED_OUT] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_HOSTNAME,
    N_("{host} did not answer in time."),
    N_("No whole answer came within the time that a check allows: the server is busy or down, or a firewall drops the connection silently."),
    N_("Check again in a few minutes, and if it stays so, ask whoever runs the server whether this network is on its allow-list."),
  },
  [PSA_CAUSE_CAPTIVE_PORTAL] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_OPEN_PORTAL, PSA_FIELD_NONE,
    N_("This network wants a login before it lets connections through."),
    N_("Something in this network answered in the place of {host}."),
    N_("Open any web page in the browser, log in to the network, and check again."),
  },
  [PSA_CAUSE_PROXY_FAILED] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("The proxy did not let the connection to {host} through."),
    N_("The connection goes through a proxy, and the proxy failed, refused, or wants a login of its own."),
    N_("Check the proxy in the network settings of this computer, or ask whoever runs it to let {host} through."),
  },
  [PSA_CAUSE_TLS_FAILED] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_HOSTNAME,
    N_("No secure connection to {host} could be made."),
    N_("The two sides could not agree on an encrypted connection; old servers, a port that does not speak TLS and filters on the way cause this."),
    N_("Check the port, and ask whoever runs {host} for TLS 1.2 or newer."),
  },
  [PSA_CAUSE_RATE_LIMITED] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("{host} asks for a pause."),
    N_("It answered {status}, as it does when too many requests have come within a minute."),
    N_("Wait until {time}, then check again."),
  },
  [PSA_CAUSE_SERVER_ERROR] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("{host} has trouble of its own."),
    N_("It answered {status}, which says nothing about the values of this profile."),
    N_("Check again later; for cloud tenants, status.connectwise.com tells of outages and maintenance."),
  },
  [PSA_CAUSE_BAD_ANSWER] = {
    PSA_STATE_UNREACHABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_HOSTNAME,
    N_("{host} gave an unexpected answer."),
    N_("It answered {status} with something that ConnectWise PSA does not promise there; a portal, a wrong path or an unfamiliar server can be behind it."),
    N_("Look at the answer under Details, and check that the hostname is that of the API."),
  },
  [PSA_CAUSE_KEYRING_LOCKED] = {
    PSA_STATE_SECRET_UNAVAILABLE, PSA_FIX_UNLOCK, PSA_FIELD_NONE,
    N_("The keyring is locked."),
    N_("Password and Client ID of this profile are kept in it, and it was not unlocked."),
    N_("Unlock the keyring, then check again."),
  },
  [PSA_CAUSE_KEYRING_UNAVAILABLE] = {
    PSA_STATE_SECRET_UNAVAILABLE, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("The keyring cannot be reached."),
    N_("Password and Client ID of this profile are kept in the keyring of the desktop, and no service answers for it."),
    N_("Start the keyring, such as GNOME Keyring or KWallet, then check again."),
  },
  [PSA_CAUSE_SECRET_MISSING] = {
    PSA_STATE_SECRET_UNAVAILABLE, PSA_FIX_ENTER_SECRET, PSA_FIELD_PASSWORD,
    N_("The password or the Client ID of this profile is not in the keyring."),
    N_("The keyring answered and holds nothing under this profile; it was deleted there, or the profile comes from another computer."),
    N_("Edit the profile and enter the password and the Client ID once more."),
  },
  [PSA_CAUSE_NEVER_CHECKED] = {
    PSA_STATE_NOT_CHECKED, PSA_FIX_CHECK_AGAIN, PSA_FIELD_NONE,
    N_("This profile was not checked yet."),
    N_("It is new, or its connection has been changed since the last check."),
    N_("Check it to see whether it connects."),
  },
};
/* clang-format on */

static const CauseRow *
get_row (PsaCause cause)
{
  g_return_val_if_fail ((guint) cause < PSA_N_CAUSES, &rows[PSA_CAUSE_NEVER_CHECKED]);
  return &rows[cause];
}

/**
 * psa_state_get_token:
 *
 * Returns: (transfer none): the state's name in files, `--json` and tests; never translated
 */
const char *
psa_state_get_token (PsaState state)
{
  const GEnumValue *value = g_enum_get_value (g_type_class_get (PSA_TYPE_STATE), (int) state);

  g_return_val_if_fail (value != NULL, "");
  return value->value_nick;
}

/**
 * psa_state_get_word:
 *
 * Returns: (transfer none): the state's name for a person, translated
 */
const char *
psa_state_get_word (PsaState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_words), "");
  return _(state_words[state]);
}

/**
 * psa_state_get_icon:
 *
 * Returns: (transfer none): the name of a symbolic icon with a shape that no other state has
 */
const char *
psa_state_get_icon (PsaState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_icons), "");
  return state_icons[state];
}

/**
 * psa_cause_get_token:
 *
 * Returns: (transfer none): the cause's name in files, `--json` and tests; never translated
 */
const char *
psa_cause_get_token (PsaCause cause)
{
  const GEnumValue *value = g_enum_get_value (g_type_class_get (PSA_TYPE_CAUSE), (int) cause);

  g_return_val_if_fail (value != NULL, "");
  return value->value_nick;
}

/**
 * psa_cause_from_token:
 * @token: (nullable): any text
 * @cause: (out): set only where the token is known
 *
 * Returns: whether @token names a cause
 */
gboolean
psa_cause_from_token (const char *token, PsaCause *cause)
{
  const GEnumValue *value;

  g_return_val_if_fail (cause != NULL, FALSE);

  if (token == NULL)
    return FALSE;
  value = g_enum_get_value_by_nick (g_type_class_get (PSA_TYPE_CAUSE), token);
  if (value == NULL)
    return FALSE;
  *cause = (PsaCause) value->value;
  return TRUE;
}

PsaState
psa_cause_get_state (PsaCause cause)
{
  return get_row (cause)->state;
}

/**
 * psa_cause_get_fix:
 *
 * What a button can do about the cause. Where the facts of a result count – a certificate of the vendor's own
 * host is never offered for trust – ask psa_result_get_fix() instead.
 *
 * Returns: the fix
 */
PsaFix
psa_cause_get_fix (PsaCause cause)
{
  return get_row (cause)->fix;
}

/**
 * psa_cause_get_field:
 *
 * Returns: the row of the form that the cause points at
 */
PsaField
psa_cause_get_field (PsaCause cause)
{
  return get_row (cause)->field;
}

/**
 * psa_cause_get_what:
 *
 * Returns: (transfer none): the untranslated template of the first sentence
 */
const char *
psa_cause_get_what (PsaCause cause)
{
  return get_row (cause)->what;
}

/**
 * psa_cause_get_why:
 *
 * Returns: (transfer none): the untranslated template of the second sentence
 */
const char *
psa_cause_get_why (PsaCause cause)
{
  return get_row (cause)->why;
}

/**
 * psa_cause_get_next:
 *
 * Returns: (transfer none): the untranslated template of the third sentence
 */
const char *
psa_cause_get_next (PsaCause cause)
{
  return get_row (cause)->next;
}
