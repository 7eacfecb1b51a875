using System.Text;
using System.Xml;

namespace CustomerService.Channels.Twilio;

/// <summary>Text that XML can have: without control characters and halves of surrogate pairs.</summary>
internal static class TwimlText
{
    public static string Clean(string text)
    {
        if (IsClean(text))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append(rune);
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (var character in text)
        {
            if (!XmlConvert.IsXmlChar(character))
                return false;
        }

        return true;
    }
}
