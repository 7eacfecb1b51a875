namespace CustomerService.Architecture.Tests;

internal static class Expect
{
    /// <summary>Fails with every violation, each on a line of its own.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var told = string.Join('\n', violations);
        if (told.Length > 0)
            Assert.Fail(told);
    }
}
