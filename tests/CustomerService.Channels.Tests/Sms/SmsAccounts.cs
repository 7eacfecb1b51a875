using CustomerService.Channels.Accounts;
using CustomerService.Channels.Tests.Vendors;

namespace CustomerService.Channels.Tests.Sms;

internal static class SmsAccounts
{
    public static AccountSettings Settings(Uri api, string more = "", string top = "") => TestParts.Settings(
        $"""
        {top}
        accounts:
          text:
            kind: twilio-sms
            account_sid: {PhoneCompany.AccountSid}
            auth_token_env: TOKEN
            number: +4930123456
            api: {api.AbsoluteUri}
            help_text: "Shop & Co: write to us, or STOP."
        {more}
        """,
        ("TOKEN", PhoneCompany.AuthToken), ("OLD", "old-token"));
}
