using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CustomerService.Reporting.Conversations;

/// <summary>A place between two rows of an order.</summary>
/// <param name="Key">What the row beside it is sorted by.</param>
/// <param name="Backwards">Leads to the rows before it.</param>
internal sealed record ListCursor(ConversationOrder Order, bool Backwards, long Key, string Id)
{
    /// <exception cref="FormatException">It is no cursor, or one of another order.</exception>
    public static ListCursor Parse(string text, ConversationOrder order)
    {
        if (Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 4) is [var of, ("<" or ">") and var way, var key, { Length: > 0 } id]
            && long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return of == order.ToString()
                ? new ListCursor(order, way == "<", number, id)
                : throw new FormatException($"The cursor is of a list sorted by {of}; take one that this list gave, or leave it out to begin.");
        }

        throw new FormatException("This is no cursor; take one that the list gave, or leave it out to begin.");
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Order}|{(Backwards ? '<' : '>')}|{Key}|{Id}")));
}
