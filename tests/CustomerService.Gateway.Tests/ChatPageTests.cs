using System.Net;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class ChatPageTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page.css", "text/css")]
    [InlineData("/widget.js", "text/javascript")]
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
        var script = (await gateway.SendAsync(HttpMethod.Get, "/widget.js")).Text;

        Assert.DoesNotMatch("<script>|<style|style=| on[a-z]+=|https?://(?!www.w3.org)", page);
        Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|createContextualFragment|eval\\(|new Function|setTimeout\\(\"", script);
    }

    [Fact]
    public async Task The_script_for_other_sites_is_small_and_may_be_loaded_by_them()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/widget.js");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        using var answer = await gateway.Http.SendAsync(request);
        var packed = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.True(packed.Length <= 20 * 1024, $"The script has {packed.Length:N0} bytes packed; 20 KiB are allowed.");
        Assert.Equal("cross-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    [Fact]
    public async Task The_demo_is_there_in_development_alone()
    {
        await using var plain = await RunningGateway.StartAsync();
        await using var development = await RunningGateway.StartAsync(options: RunningGateway.Options with { Demo = true });

        Assert.Equal(HttpStatusCode.NotFound, (await plain.SendAsync(HttpMethod.Get, "/demo")).Status);
        Assert.Contains("widget.js", (await development.SendAsync(HttpMethod.Get, "/demo")).Text, StringComparison.Ordinal);
    }
}
