using System.Net;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class ChatPageTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/chat.css", "text/css")]
    [InlineData("/chat.js", "text/javascript")]
    [InlineData("/words.js", "text/javascript")]
    [InlineData("/chat.svg", "image/svg+xml")]
    public async Task Its_files_come_with_a_strict_policy_and_are_asked_for_anew(string path, string mediaType)
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Get, path);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers["ETag"]);

        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.Status, answer.MediaType));
        Assert.Contains("script-src 'self'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal(HttpStatusCode.NotModified, (await gateway.SendAsync(again)).Status);
    }

    [Fact]
    public async Task Nothing_in_it_needs_an_inline_script_or_makes_text_into_markup()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var page = (await gateway.SendAsync(HttpMethod.Get, "/")).Text;
        var script = (await gateway.SendAsync(HttpMethod.Get, "/chat.js")).Text;

        Assert.DoesNotMatch("<script>|<style|style=| on[a-z]+=|https?://(?!www.w3.org)", page);
        var words = (await gateway.SendAsync(HttpMethod.Get, "/words.js")).Text;
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(", words);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(", script);
    }
}
