using System.Net;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Grains.Conversations;
using CustomerService.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class FileLinkTests
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Whoever_has_a_ticket_has_that_file_until_its_time_is_over(string method)
    {
        await using var gateway = await StartAsync();
        var path = $"/api/files/{await TicketAsync(gateway, "my cup.png", "image/png", Picture)}";

        using var answer = await gateway.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(method == "GET" ? Picture : [], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", "inline", Picture.Length), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType, (int)answer.Content.Headers.ContentLength!));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);

        _time.Advance(FileLinks.Lifetime);
        using var late = await gateway.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Without_a_ticket_nothing_is_there()
    {
        await using var gateway = await StartAsync();
        var ticket = await TicketAsync(gateway, "a.png", "image/png", Picture);
        var other = (await gateway.BeginSessionAsync()).Token; // signed by the same key
        var reference = gateway.Services.GetRequiredService<FileLinks>().Read(ticket)!.Reference;
        foreach (var path in (string[])["/api/files", "/api/files/", $"/api/files/{ticket[..^2]}", $"/api/files/{reference}", $"/api/files/{other}", $"/api/files/{ticket}/.."])
        {
            using var answer = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_could_run_is_only_ever_saved()
    {
        await using var gateway = await StartAsync();
        using var answer = await gateway.Http.GetAsync(new Uri($"/api/files/{await TicketAsync(gateway, "a.html", "text/html", "<script>"u8.ToArray())}", UriKind.Relative));
        Assert.Equal(("application/octet-stream", "attachment"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(services: services => services.AddSingleton(new FileLinks(RunningGateway.Key, _time)));

    private static async Task<string> TicketAsync(RunningGateway gateway, string name, string mediaType, byte[] bytes)
    {
        Attachment kept = await gateway.Services.GetRequiredService<IAttachmentStore>().KeepAsync(name, mediaType, new MemoryStream(bytes), default);
        return gateway.Services.GetRequiredService<FileLinks>().TicketFor(kept);
    }
}
