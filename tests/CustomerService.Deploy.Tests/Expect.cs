namespace CustomerService.Deploy;

internal static class Expect
{
    /// <summary>Fails with every violation, each on a line of its own.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var told = string.Join('\n', violations);
        if (told.Length > 0)
            Assert.Fail(told);
    }

    /// <summary>Passes when something is told, and all of it is about this.</summary>
    public static void Told(string about, IEnumerable<string> violations)
    {
        var told = violations.ToList();
        Assert.NotEmpty(told);
        Assert.All(told, violation => Assert.Contains(about, violation, StringComparison.Ordinal));
    }
}
