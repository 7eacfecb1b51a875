using CustomerService.Channels.Accounts;
using CustomerService.Channels.Tests.Vendors;

namespace CustomerService.Channels.Tests.Voice;

internal static class VoiceAccounts
{
    public static AccountSettings Settings(Uri api, string more = "") => TestParts.Settings(
        $"""
        accounts:
          phone:
            kind: twilio-voice
            account_sid: {PhoneCompany.AccountSid}
            auth_token_env: TOKEN
            number: "+4930123456"
            api: {api.AbsoluteUri}
        {more}
        """,
        ("TOKEN", PhoneCompany.AuthToken));
}
