using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using CustomerService.Channels.Files;
using MimeKit;
using MimeKit.Tnef;

namespace CustomerService.Channels.Email.Reading;

/// <summary>Walks through a mail's parts: what is to be read, and what are files.</summary>
internal sealed class BodyReader
{
    private const int MostParts = 500;
    private const int MostFiles = 50;
    private const int MostText = 2_000_000;
    private const int Deepest = 64;
    private readonly List<(string Text, bool IsHtml)> _blocks = [];
    private readonly ImmutableArray<MailFile>.Builder _files = ImmutableArray.CreateBuilder<MailFile>();
    private int _parts;
    private int _length;

    public static LetterBody Read(MimeMessage message)
    {
        var reader = new BodyReader();
        if (message.Body is { } body)
            reader.Walk(body, 0);
        return reader.Body(QuotedText.IsForward(message.Subject));
    }

    private LetterBody Body(bool forward)
    {
        var whole = string.Join("\n\n", _blocks.Select(block => block.IsHtml ? HtmlText.Of(block.Text) : PlainText.Clean(block.Text)).Where(text => text.Length > 0));
        var own = QuotedText.Cut(whole, forward);
        return new LetterBody(own, Original(whole, own), _files.ToImmutable());
    }

    private OriginalText? Original(string whole, string own)
    {
        if (!_blocks.Exists(block => block.IsHtml))
            return own == whole ? null : new OriginalText(whole, IsHtml: false);
        return SafeHtml.Of(_blocks) is { } html ? new OriginalText(html, IsHtml: true) : new OriginalText(whole, IsHtml: false);
    }

    private void Walk(MimeEntity entity, int depth)
    {
        if (++_parts > MostParts)
            return;
        switch (entity)
        {
            case Multipart multipart when depth < Deepest:
                foreach (var part in multipart.ContentType.IsMimeType("multipart", "alternative") ? Best(multipart) : multipart)
                    Walk(part, depth + 1);
                break;
            case MessagePart nested:
                Add(new MailFile(FileNames.Of(nested.ContentDisposition?.FileName, "message/rfc822"), "message/rfc822", stream => nested.Message?.WriteTo(stream)));
                break;
            case TnefPart tnef:
                Unpack(tnef, depth);
                break;
            case TextPart text when IsRead(text):
                Read(text);
                break;
            case MimePart signature when signature.ContentType.MimeType.ToLowerInvariant() is "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature":
                break;
            case MimePart file:
                Add(MailFile.Of(FileNames.Of(file.FileName, file.ContentType.MimeType), file));
                break;
        }
    }

    private static bool IsRead(TextPart part) => !part.IsAttachment && part.FileName is null && (part.IsPlain || part.IsHtml || part.IsFlowed);

    /// <summary>One way of saying it: the HTML where there is some, since its plain twin is often empty or cut; else the last that is text. What is no text comes along.</summary>
    private static IEnumerable<MimeEntity> Best(Multipart alternatives)
    {
        var chosen = alternatives.LastOrDefault(HasHtml) ?? alternatives.LastOrDefault(part => part is TextPart { IsPlain: true });
        return alternatives.Where(part => part == chosen || !(HasHtml(part) || (part is TextPart { IsAttachment: false, FileName: null } && !part.ContentType.IsMimeType("text", "calendar"))));
    }

    private static bool HasHtml(MimeEntity part) => part is TextPart { IsHtml: true } || (part is Multipart { Count: > 0 } related && related.Take(8).Any(inner => inner is TextPart { IsHtml: true }));

    private void Read(TextPart part)
    {
        var text = Decoded(part);
        if (text.Length > MostText - _length)
            text = text[..(MostText - _length)];
        _length += text.Length;
        _blocks.Add((text, part.IsHtml));
    }

    /// <summary>What claims to be UTF-8, or says nothing, and is not, is what Windows writes.</summary>
    private static string Decoded(TextPart part)
    {
        if (part.Content is null || (part.ContentType.Charset?.ToUpperInvariant() is not ("UTF-8" or "UTF8" or "US-ASCII") && (part.IsHtml || part.ContentType.Charset is not null)))
            return part.Text;
        using var bytes = new MemoryStream();
        part.Content.DecodeTo(bytes);
        var written = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return (Utf8.IsValid(written) ? Encoding.UTF8 : Encoding.GetEncoding(1252)).GetString(written);
    }

    /// <summary>Outlook's winmail.dat.</summary>
    private void Unpack(TnefPart tnef, int depth)
    {
        try
        {
            if (tnef.ConvertToMessage().Body is { } body)
            {
                Walk(body, depth + 1);
                return;
            }
        }
#pragma warning disable CA1031 // Whatever it is that makes it unreadable: it is kept as the file that it came as.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        Add(MailFile.Of("winmail.dat", tnef));
    }

    private void Add(MailFile file)
    {
        if (_files.Count < MostFiles)
            _files.Add(file);
    }
}

/// <summary>Plain text as it is read here.</summary>
internal static class PlainText
{
    /// <summary>Line feeds only, no control characters, no empty lines around it.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            if (character is '\n' or '\t' || !char.IsControl(character))
                clean.Append(character == '\u00a0' ? ' ' : character is '\u200b' or '\ufeff' or '\u2060' ? '\0' : character);
        }

        return clean.Replace("\0", "").ToString().Trim();
    }
}
