namespace CustomerService.ServiceDefaults.Tests;

public sealed class SecurityTests
{
    [Theory]
    [InlineData("/health/live", "DENY")]
    [InlineData("/not-there", "DENY")]
    [InlineData("/own", "SAMEORIGIN")]
    public async Task Every_answer_carries_the_headers_and_an_endpoints_own_stay(string path, string frames)
    {
        await using var process = await RunningProcess.StartAsync();

        using var answer = await process.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(frames, answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(Security.ContentSecurityPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public void No_script_may_be_inline()
    {
        Assert.DoesNotContain("unsafe", Security.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Security.ContentSecurityPolicy, StringComparison.Ordinal);
    }
}
