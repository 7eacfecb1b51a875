namespace CustomerService.Assistants.Quality.Personal;

/// <summary>
/// A text as a reader takes it in (see <see cref="PlainText"/>), numbers that are spelled out digit by digit as digits, and each of its
/// characters with its place in the original.
/// </summary>
internal sealed class MappedText
{
    private readonly List<int>? _origins;
    private readonly int _length;

    private MappedText(string text, List<int>? origins, int length) => (Text, _origins, _length) = (text, origins, length);

    public string Text { get; }

    public static MappedText Of(string original)
    {
        var (plain, origins) = PlainText.Mapped(original);
        var text = SpokenDigits.Read(plain, ref origins);
        return new MappedText(text, origins, original.Length);
    }

    /// <summary>Where a character of the text stands in the original; the end stands behind its last character.</summary>
    public int OriginOf(int position) => _origins is null ? position : position < _origins.Count ? _origins[position] : _length;
}
