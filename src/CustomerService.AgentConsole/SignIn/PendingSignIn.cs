using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerService.AgentConsole.SignIn;

/// <summary>Carries a right name and password from the form to the form that asks for the code: sealed, and good for some minutes.</summary>
internal sealed class PendingSignIn(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5);
    private readonly IDataProtector _protector = protection.CreateProtector("console.pending-sign-in");

    public string Write(string name, string password) =>
        _protector.Protect($"{(time.GetUtcNow() + Holds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}\n{name}\n{password}");

    /// <summary>Null: it is not ours, or too old.</summary>
    public (string Name, string Password)? Read(string written)
    {
        try
        {
            var parts = _protector.Unprotect(written).Split('\n', 3);
            return parts.Length == 3 && long.Parse(parts[0], CultureInfo.InvariantCulture) >= time.GetUtcNow().ToUnixTimeSeconds() ? (parts[1], parts[2]) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
