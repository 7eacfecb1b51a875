using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>Shows that somebody asked on their own page to have an outside identity linked: another's page can't send them on that way.</summary>
internal sealed class LinkTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(30);
    private readonly IDataProtector _protector = protection.CreateProtector("console.link-identity");

    public string Write(string personId) => _protector.Protect($"{(time.GetUtcNow() + Holds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\n{personId}");

    /// <summary>Whose page it was; null: none of ours, or too long ago.</summary>
    public string? Read(string written)
    {
        try
        {
            return _protector.Unprotect(written).Split('\n', 2) is [var until, var id] && long.Parse(until, CultureInfo.InvariantCulture) >= time.GetUtcNow().ToUnixTimeSeconds() ? id : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
