using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CustomerService.Staff;

/// <summary>How a password compares with what is kept of it.</summary>
public enum PasswordMatch
{
    No,

    Yes,

    /// <summary>Yes, and what is kept was made with less work than is usual now.</summary>
    YesButOldHash,
}

/// <summary>Hashes passwords, with ASP.NET Core Identity's hasher (PBKDF2, HMAC-SHA-512, a salt of its own for each).</summary>
public sealed class Passwords
{
    /// <summary>As OWASP advises for this function.</summary>
    public const int UsualIterations = 210_000;

    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly PasswordHasher<string> _hasher;
    private readonly Lazy<string> _nobodys; // made when it is first needed: it is work

    public Passwords(int iterations = UsualIterations)
    {
        _hasher = new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodys = new Lazy<string>(() => Hash(MakeOneTime()));
    }

    public string Hash(string password) => _hasher.HashPassword("", password);

    /// <summary>Takes the same work whether there is a hash or not, so that the time tells nobody which names exist.</summary>
    public PasswordMatch Match(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword("", hash ?? _nobodys.Value, password.Length <= PasswordRules.Longest ? password : "");
        return hash is null || result == PasswordVerificationResult.Failed ? PasswordMatch.No
            : result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordMatch.YesButOldHash
            : PasswordMatch.Yes;
    }

    /// <summary>A password to begin with, easy to read out: 20 of 31 characters, about 99 bits.</summary>
    public static string MakeOneTime() => string.Join('-', Enumerable.Range(0, 5).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
