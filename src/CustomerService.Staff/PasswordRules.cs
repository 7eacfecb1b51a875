namespace CustomerService.Staff;

/// <summary>What a password may be. Long is what counts, so nothing is asked about kinds of characters.</summary>
public static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private const int FewestDifferent = 5;

    // What long passwords are guessed with first, without case, and without digits and signs at either end.
    private static readonly string[] Common =
    [
        "password", "passwordpassword", "passwort", "passwortpasswort", "motdepasse", "contraseña", "contrasena", "administrator", "adminadmin", "welcome", "welcomewelcome", "letmein", "letmeinplease",
        "iloveyou", "iloveyouforever", "changeme", "changemenow", "changeit", "qwerty", "qwertyuiop", "qwertyuiopasdf", "qwertyqwerty", "qwertzuiop", "azertyuiop", "asdfghjkl", "asdfghjklzxcvbnm", "abcdefghijkl",
        "abcdefghijklm", "customerservice", "correcthorsebatterystaple", "trustno1", "monkeymonkey", "dragondragon", "sunshine", "princess", "football", "baseball", "superman", "starwars", "secretsecret", "supersecret",
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5y6",
    ];

    /// <summary>Why it can't be, and what to do; null: it can.</summary>
    /// <param name="names">What others know about the person: id, name, e-mail.</param>
    public static string? WhyNot(string password, params IEnumerable<string?> names)
    {
        if (password.Length < Shortest)
            return $"A password has at least {Shortest} characters; a few words are easy to remember.";
        if (password.Length > Longest)
            return $"A password has at most {Longest} characters.";
        var bare = password.ToLowerInvariant();
        if (bare.Distinct().Count() < FewestDifferent || IsRow(bare))
            return "This password is the same few characters, or a row of them; take a few words.";
        if (Common.Contains(bare) || Common.Contains(bare.Trim([.. "0123456789!?.,-_@#$%&*+= "])))
            return "This password is among the first that are tried; take a few words that do not belong together.";
        return names.SelectMany(Parts).Any(part => bare.Replace(part, "", StringComparison.Ordinal).Length < Shortest / 2)
            ? "This password is little more than your name; take a few words that others would not guess."
            : null;
    }

    /// <summary>Like 123456789012 or abcdefghijkl, forwards or backwards.</summary>
    private static bool IsRow(string text)
    {
        var steps = text.Zip(text.Skip(1), (one, next) => next - one).ToList();
        return steps.Count(step => step is 1 or -9) == steps.Count || steps.Count(step => step is -1 or 9) == steps.Count;
    }

    private static IEnumerable<string> Parts(string? name) =>
        (name ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= 3);
}
