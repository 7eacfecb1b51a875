using System.Net;
using CustomerService.Channels.Settings;
using CustomerService.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

/// <summary>Which sites may use the chat, as <c>channels.yaml</c> says now.</summary>
public sealed class ChatOriginTests
{
    private const string Shop = "https://shop.example";

    [Theory]
    [InlineData(Shop, HttpStatusCode.Created, Shop)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden, null)]
    [InlineData("null", HttpStatusCode.Forbidden, null)]
    [InlineData(null, HttpStatusCode.Created, null)]
    public async Task Only_allowed_sites_begin_sessions_and_may_read_the_answer(string? origin, HttpStatusCode status, string? allowed)
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Channels = "chat: { allowed_origins: [\"https://shop.example\"] }" });

        var answer = await FromAsync(gateway, HttpMethod.Post, "/api/chat/sessions", origin);

        Assert.Equal(status, answer.Status);
        Assert.Equal(allowed, answer.Headers.GetValueOrDefault("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Refusals_too_can_be_read_by_an_allowed_site()
    {
        await using var gateway = await RunningGateway.StartAsync(new GrainWorld { Channels = "chat: { allowed_origins: [\"https://shop.example\"] }" });

        var answer = await FromAsync(gateway, HttpMethod.Get, "/api/conversations/c-1", Shop);

        answer.ShouldBe(401, "token_missing");
        Assert.Equal(Shop, answer.Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task An_edit_of_the_file_counts_at_once()
    {
        var world = new GrainWorld { Channels = "{}" };
        await using var gateway = await RunningGateway.StartAsync(world);
        Assert.Equal(HttpStatusCode.Forbidden, (await FromAsync(gateway, HttpMethod.Post, "/api/chat/sessions", Shop)).Status);

        await File.WriteAllTextAsync(world.ChannelsFile, "chat:\n  allowed_origins:\n    - https://shop.example\n");
        gateway.Services.GetRequiredService<ChannelFile>().Look();

        Assert.Equal(HttpStatusCode.Created, (await FromAsync(gateway, HttpMethod.Post, "/api/chat/sessions", Shop)).Status);
    }

    private static async Task<Answer> FromAsync(RunningGateway gateway, HttpMethod method, string path, string? origin)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await gateway.SendAsync(request);
    }
}
