namespace CustomerService.Language;

/// <summary>How many letters of a message belong to which writing.</summary>
internal readonly record struct ScriptCounts(int Latin, int Kana, int Han, int Other)
{
    public int Total => Latin + Kana + Han + Other;

    public ScriptCounts With(char letter) => Of(letter) switch
    {
        Script.Hiragana or Script.Katakana => this with { Kana = Kana + 1 },
        Script.Han => this with { Han = Han + 1 },
        _ when letter is < '\u0250' or >= '\u1e00' and <= '\u1eff' => this with { Latin = Latin + 1 },
        _ => this with { Other = Other + 1 },
    };

    public static Script Of(char letter) => letter switch
    {
        < '\u3005' => Script.Alphabet,
        >= '\u3041' and <= '\u309f' => Script.Hiragana,
        >= '\u30a0' and <= '\u30ff' or >= '\u31f0' and <= '\u31ff' or >= '\uff66' and <= '\uff9f' => Script.Katakana,
        '々' or >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' => Script.Han,
        _ => Script.Alphabet,
    };
}

/// <summary>What a letter is written in, as far as it parts words in Japanese.</summary>
internal enum Script
{
    Alphabet,
    Hiragana,
    Katakana,
    Han,
}
