using CustomerService.Channels.Accounts;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Settings;

/// <summary>Accounts that their provider calls for at another account's address: an app of Meta's has one address for all its pages.</summary>
internal static class WebhookAddress
{
    public const string Key = "webhook_of";

    /// <summary>Reports each account that names one at whose address it can't be called for.</summary>
    public static void Check(IReadOnlyCollection<(AccountSettings Account, SourcePosition At)> accounts, Findings findings)
    {
        foreach (var (account, at) in accounts.Where(each => each.Account.WebhookOf is not null))
        {
            var named = accounts.FirstOrDefault(each => each.Account.Name == account.WebhookOf).Account;
            var like = accounts.Select(each => each.Account).Where(other => other != account && other.WebhookOf is null && account.IsCalledLike(other)).Select(other => other.Name).ToArray();
            var fix = like.Length > 0 ? $"name one of {string.Join(", ", like)}, or leave it out" : "leave it out: no other account here has the same app_secret_env";
            if (named is null)
                findings.Error(at, $"there is no account '{account.WebhookOf}'", fix);
            else if (named.Name == account.Name || named.WebhookOf is not null)
                findings.Error(at, $"'{named.Name}' is not called at an address of its own", fix);
            else if (!account.IsCalledLike(named))
                findings.Error(at, $"calls for '{named.Name}' are signed by another app than calls for '{account.Name}'", fix);
        }
    }
}
