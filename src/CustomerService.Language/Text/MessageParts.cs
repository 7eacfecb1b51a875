namespace CustomerService.Language;

/// <summary>Cuts a message where a customer may have begun to speak of something else: behind sentences and before "and", "also" and their like.</summary>
internal static class MessageParts
{
    /// <summary>What comes after so many parts is taken as one.</summary>
    public const int Most = 6;

    private static readonly string[] Joints =
    [
        " and ", " also ", " plus ", " but ", " y ", " e ", " además ", " también ", " pero ", " et ", " aussi ", " puis ", " mais ",
        " und ", " außerdem ", " auch ", " sowie ", " aber ", "あと", "それと", "それから", "ついでに",
    ];

    /// <summary>The parts in order; one where nothing parts it.</summary>
    /// <param name="parts">Room for <see cref="Most"/>.</param>
    /// <returns>How many there are.</returns>
    public static int Split(ReadOnlySpan<char> message, Span<Range> parts)
    {
        message = message[..Math.Min(message.Length, NormalizedText.MaxCharacters)];
        var (count, start) = (0, 0);
        for (var i = 0; i < message.Length && count < Most - 1; i++)
        {
            var length = EndsSentence(message, i) ? 1 : JointAt(message[i..]);
            if (length == 0)
                continue;
            if (!message[start..i].IsWhiteSpace())
                parts[count++] = start..i;
            start = i + length;
            i = start - 1;
        }

        if (!message[start..].IsWhiteSpace())
            parts[count++] = start..message.Length;
        return count;
    }

    private static bool EndsSentence(ReadOnlySpan<char> message, int at) =>
        message[at] is '。' or '！' or '？' or '\n' || (message[at] is '.' or '!' or '?' or ';' && at + 1 < message.Length && char.IsWhiteSpace(message[at + 1]));

    private static int JointAt(ReadOnlySpan<char> rest)
    {
        if (rest[0] is not (' ' or 'あ' or 'そ' or 'つ'))
            return 0;
        foreach (var joint in Joints)
        {
            // The space behind a joint may be the one before the next.
            if (rest.StartsWith(joint, StringComparison.OrdinalIgnoreCase))
                return joint[^1] == ' ' ? joint.Length - 1 : joint.Length;
        }

        return 0;
    }
}
