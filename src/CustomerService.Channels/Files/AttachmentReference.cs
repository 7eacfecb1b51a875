using System.Buffers;

namespace CustomerService.Channels.Files;

/// <summary>How a kept file is named in messages: by the SHA-256 of its bytes.</summary>
public static class AttachmentReference
{
    private const string Prefix = "sha256-";

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> hash) => OfHash(Convert.ToHexStringLower(hash));

    /// <param name="hash">In hexadecimal, as <see cref="HashOf"/> gives it.</param>
    public static string OfHash(string hash) => Prefix + hash;

    /// <summary>The hash in hexadecimal; null where the text is no reference.</summary>
    public static string? HashOf(string reference) =>
        reference.StartsWith(Prefix, StringComparison.Ordinal) && reference.Length == Prefix.Length + 64 && !reference.AsSpan(Prefix.Length).ContainsAnyExcept(Hexadecimal)
            ? reference[Prefix.Length..]
            : null;
}
