namespace CustomerService.Language;

/// <summary>How many letters of a message belong to which writing.</summary>
internal readonly record struct ScriptCounts(int Latin, int Kana, int Han, int Other)
{
    public int Total => Latin + Kana + Han + Other;

    public ScriptCounts With(char letter) => letter switch
    {
        >= '\u3041' and <= '\u30ff' or >= '\u31f0' and <= '\u31ff' or >= '\uff66' and <= '\uff9f' => this with { Kana = Kana + 1 },
        '々' or >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' => this with { Han = Han + 1 },
        < '\u0250' or >= '\u1e00' and <= '\u1eff' => this with { Latin = Latin + 1 },
        _ => this with { Other = Other + 1 },
    };
}
