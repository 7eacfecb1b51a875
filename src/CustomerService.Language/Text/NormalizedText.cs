using System.Globalization;

namespace CustomerService.Language;

/// <summary>
/// A message made comparable: lower case, one space between words, one at each end, digits as 0, typographic quotes as plain ones,
/// a letter repeated at most twice, nothing invisible; and its words in order. Never fails: broken surrogates,
/// control characters and zero-width characters are passed over. One instance is used for many messages.
/// </summary>
internal sealed class NormalizedText
{
    /// <summary>What stands after this many UTF-16 units of a message is not analysed.</summary>
    public const int MaxCharacters = 4_000;

    private readonly char[] _text = new char[2 * MaxCharacters + 2];
    private readonly Word[] _words = new Word[MaxCharacters];
    private int _length, _wordCount, _wordStart, _run;
    private int _wordLetters, _wordCapitals;
    private bool _clauseStart;
    private Script _script;

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public ReadOnlySpan<Word> Words => _words.AsSpan(0, _wordCount);

    public int Exclamations { get; private set; }

    public int Questions { get; private set; }

    public ScriptCounts Scripts { get; private set; }

    public void Read(ReadOnlySpan<char> message)
    {
        if (message.Length > MaxCharacters)
            message = message[..MaxCharacters];
        _length = _wordCount = _wordStart = _run = _wordLetters = _wordCapitals = 0;
        Exclamations = Questions = 0;
        Scripts = default;
        _clauseStart = true;
        _text[_length++] = ' ';
        for (var i = 0; i < message.Length; i++)
        {
            var c = message[i];
            if (c is >= '\uff01' and <= '\uff5e')
                c = (char)(c - 0xFEE0); // Full-width letters, digits and signs are written as everybody's.
            if (char.IsAsciiLetter(c))
                Letter(c);
            else if (char.IsAsciiDigit(c))
                Digit();
            else if (c is '\'' or '’' or '‘' or '`')
                Apostrophe(i + 1 < message.Length && char.IsLetter(message[i + 1]));
            else if (char.IsHighSurrogate(c) && i + 1 < message.Length && char.IsLowSurrogate(message[i + 1]))
                Pictogram(c, message[++i]);
            else if (c is ':' or ';' && EmoticonLength(message[i..]) is var length and > 0)
                Pictogram(':', message[i += length - 1] == '(' ? '(' : ')');
            else if (c < 128)
                Ascii(c);
            else
                Other(c);
        }

        EndWord();
        if (_text[_length - 1] != ' ')
            _text[_length++] = ' ';
    }

    private void Letter(char c)
    {
        _wordLetters++;
        if (char.IsUpper(c))
            _wordCapitals++;
        Scripts = Scripts with { Latin = Scripts.Latin + 1 };
        InWord(char.ToLowerInvariant(c));
    }

    private void Digit()
    {
        if (_wordStart != 0 && _script != Script.Alphabet)
            EndWord();
        _script = Script.Alphabet;
        if (_wordStart == 0)
            _wordStart = _length;
        _text[_length++] = '0'; // The shape of a number tells more than its value, and its length is kept.
        _run = 0;
    }

    /// <summary>Japanese has no spaces: where its writing changes from Han to kana or Latin, a word ends.</summary>
    private void InWord(char lower, Script script = Script.Alphabet)
    {
        if (_wordStart != 0 && script != _script)
            EndWord();
        _script = script;
        if (_wordStart == 0)
            _wordStart = _length;
        Append(lower);
    }

    private void Append(char c)
    {
        _run = _text[_length - 1] == c ? _run + 1 : 0;
        if (_run < 2)
            _text[_length++] = c;
    }

    private void Apostrophe(bool letterFollows)
    {
        if (_wordStart != 0 && letterFollows)
            _text[_length++] = '\'';
        else
            Space();
    }

    private void Ascii(char c)
    {
        switch (c)
        {
            case '!' or '?':
                _ = c == '!' ? Exclamations++ : Questions++;
                Punctuation(c);
                break;
            case '.' or ',' or ';' or ':':
                Punctuation(c);
                break;
            case <= ' ' or '\x7f':
                Space();
                break;
            default:
                EndWord();
                Append(c);
                break;
        }
    }

    private void Punctuation(char c)
    {
        EndWord();
        Append(c);
        _clauseStart = true;
    }

    private void Other(char c)
    {
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse:
                break; // Zero-width characters and broken pairs are as if not there.
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter when c < '\u0250':
                Letter(c);
                break;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                InWord(c, _script);
                break;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control:
                Space();
                break;
            case UnicodeCategory.OtherSymbol:
                Pictogram(c, '\0');
                break;
            case var category when category <= UnicodeCategory.OtherLetter:
                Scripts = Scripts.With(c);
                InWord(char.ToLowerInvariant(c), ScriptCounts.Of(c));
                break;
            default:
                Punctuation(c);
                break;
        }
    }

    /// <summary>An emoji is a word of its own.</summary>
    private void Pictogram(char first, char second)
    {
        EndWord();
        _wordStart = _length;
        _text[_length++] = first;
        if (second != '\0')
            _text[_length++] = second;
        EndWord();
    }

    /// <summary>2 or 3 where :) :( :D ;-) stands, else 0.</summary>
    private static int EmoticonLength(ReadOnlySpan<char> at)
    {
        var mouth = at.Length > 1 && at[1] == '-' ? 2 : 1;
        var isFace = mouth < at.Length && (at[mouth] is '(' or ')' || at[mouth] == 'D' && (mouth + 1 == at.Length || !char.IsLetter(at[mouth + 1])));
        return isFace ? mouth + 1 : 0;
    }

    private void Space()
    {
        EndWord();
        if (_text[_length - 1] != ' ')
            _text[_length++] = ' ';
    }

    private void EndWord()
    {
        if (_wordStart != 0 && _length > _wordStart)
        {
            var shouted = _wordLetters >= 3 && _wordCapitals == _wordLetters;
            _words[_wordCount++] = new Word(NgramHash.Word(_text.AsSpan(_wordStart, _length - _wordStart)), shouted, _clauseStart);
            _clauseStart = false;
        }

        _wordStart = _wordLetters = _wordCapitals = 0;
    }
}
