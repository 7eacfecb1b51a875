using System.Security.Cryptography;
using System.Text;
using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Parked;

/// <summary>A command that its grain could not handle, or work that failed at every attempt, kept for an operator.</summary>
/// <param name="Id">Follows from the grain and the body, so that the same thing parked twice is one item.</param>
/// <param name="Grain">The grain that was to handle the command, or that asked for the work.</param>
/// <param name="Body">A <see cref="Tell"/> or a <see cref="Perform"/> as UTF-8 JSON.</param>
/// <param name="Reason">The fault, in one line.</param>
/// <param name="At">When it was parked last.</param>
public sealed record ParkedItem(string Id, GrainId Grain, ReadOnlyMemory<byte> Body, string Reason, DateTimeOffset At)
{
    private const int MaxReason = 1000;

    internal static ParkedItem Of(GrainId grain, byte[] body, string reason, DateTimeOffset at) =>
        new(IdOf(grain, body), grain, body, OneLine(reason), at);

    /// <summary>Under which id something is parked, if it is.</summary>
    internal static string IdOf(GrainId grain, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(grain + "\n"));
        hash.AppendData(body);
        return "p-" + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxReason ? line : line[..MaxReason];
    }
}
