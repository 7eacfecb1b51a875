namespace CustomerService.Grains.Turns;

/// <summary>The address of one grain: what kind it is and which one of that kind. Written <c>kind/key</c>.</summary>
public readonly record struct GrainId(string Kind, string Key)
{
    /// <summary>Longest accepted key, in characters. A key comes from outside (a conversation's id, an address), so it is bounded.</summary>
    public const int MaxKeyLength = 256;

    public override string ToString() => $"{Kind}/{Key}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">There is no slash, or a part is empty.</exception>
    public static GrainId Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new GrainId(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a grain id: write it as kind/key, like conversation/c-17.");
    }
}
