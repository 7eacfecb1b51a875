using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.Staff;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace CustomerService.Staff;

/// <summary>A second factor that is being set up: nothing is kept before a code proves that the device has it.</summary>
/// <param name="Secret">To be typed, in base 32.</param>
/// <param name="Address">To be shown as a QR code: <c>otpauth://totp/…</c>.</param>
/// <param name="Pending">Comes back with the code. Only this system can read it.</param>
public sealed record SecondFactorSetup(string Secret, Uri Address, string Pending);

/// <summary>How a code that was given compares with a second factor.</summary>
/// <param name="Step">The time step of a code by time.</param>
/// <param name="RecoveryHash">Of a recovery code.</param>
public readonly record struct CodeMatch(long? Step, string? RecoveryHash);

/// <summary>Codes by time (TOTP, RFC 6238: SHA-1, 6 digits, 30 s, one step early or late), and recovery codes. That none works twice, the grain sees to.</summary>
public sealed class SecondFactors(StaffSecrets secrets, TimeProvider time)
{
    private const string Issuer = "CustomerService";
    private const int SecretBytes = 20;
    private const int RecoveryCodes = 10;
    private const string RecoveryLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly TimeSpan SetupLasts = TimeSpan.FromMinutes(15);
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    private readonly IDataProtector _kept = secrets.CreateProtector("staff.second_factor");
    private readonly IDataProtector _pending = secrets.CreateProtector("staff.second_factor.setup");

    public SecondFactorSetup Begin(string personId)
    {
        var secret = Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=');
        return Setup(personId, secret, _pending.Protect($"{personId} {time.GetUtcNow().ToUnixTimeSeconds()} {secret}"));
    }

    /// <summary>The same setup again; null: it was begun too long ago, or by somebody else.</summary>
    public SecondFactorSetup? Resume(string personId, string pending) => SecretOf(personId, pending) is { } secret ? Setup(personId, secret, pending) : null;

    /// <summary>Ends a setup that the code proves.</summary>
    /// <returns>The secret, protected, and the code's time step.</returns>
    /// <exception cref="StaffRefusedException"><c>setup_outdated</c> or <c>code_wrong</c>.</exception>
    public (string Secret, long Step) Finish(string personId, string pending, string code)
    {
        var secret = SecretOf(personId, pending) ?? throw new StaffRefusedException("setup_outdated", "This set-up was begun too long ago, or by somebody else; begin again.");
        return StepOf(secret, code) is { } step
            ? (_kept.CreateProtector(personId).Protect(secret), step)
            : throw new StaffRefusedException("code_wrong", "The code is not the one that the device shows now; check the device's clock and try the next.");
    }

    /// <summary>What the code is of this factor; null: nothing.</summary>
    public CodeMatch? Match(string personId, SecondFactor factor, string code)
    {
        var bare = Bare(code);
        if (bare.Length == 6 && bare.All(char.IsAsciiDigit))
            return Secret(personId, factor) is { } secret && StepOf(secret, bare) is { } step ? new CodeMatch(step, null) : null;
        var hash = HashOf(personId, bare);
        return factor.RecoveryHashes.Contains(hash) ? new CodeMatch(null, hash) : null;
    }

    /// <summary>Codes for when the device is lost, to be shown once, with what is kept of them.</summary>
    public static (ImmutableArray<string> Codes, ImmutableArray<string> Hashes) MakeRecoveryCodes(string personId)
    {
        ImmutableArray<string> codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => $"{RandomNumberGenerator.GetString(RecoveryLetters, 6)}-{RandomNumberGenerator.GetString(RecoveryLetters, 6)}")];
        return (codes, [.. codes.Select(code => HashOf(personId, Bare(code)))]);
    }

    private static SecondFactorSetup Setup(string personId, string secret, string pending) =>
        new(secret, new Uri($"otpauth://totp/{Issuer}:{Uri.EscapeDataString(personId)}?secret={secret}&issuer={Issuer}"), pending);

    private string? Secret(string personId, SecondFactor factor)
    {
        try
        {
            return _kept.CreateProtector(personId).Unprotect(factor.Secret);
        }
        catch (CryptographicException)
        {
            // The staff key is another one now: only a recovery code helps, or an administrator.
            return null;
        }
    }

    private string? SecretOf(string personId, string pending)
    {
        try
        {
            return _pending.Unprotect(pending).Split(' ') is [var id, var begun, var secret] && id == personId
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(begun, System.Globalization.CultureInfo.InvariantCulture)) + SetupLasts >= time.GetUtcNow()
                ? secret
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private long? StepOf(string secret, string code) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(time.GetUtcNow().UtcDateTime, Bare(code), out var step, Window) ? step : null;

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // About 59 bits by chance: no salt or slow hash is needed against guessing them from their hashes within any useful time, and attempts are counted.
    private static string HashOf(string personId, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{personId}:{code}")));
}
