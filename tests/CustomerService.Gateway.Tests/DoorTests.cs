using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Gateway.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

/// <summary>A process with one door answers what belongs there, and nothing of the other's.</summary>
public sealed partial class DoorTests
{
    private static readonly string[] Both =
    [
        "GET /api/conversations/{id}", "GET /api/conversations/{id}/attachments/{reference}", "POST /api/conversations/{id}/callback",
        "POST /api/conversations/{id}/messages/{sequence}/feedback", "POST /api/conversations/{id}/rating",
        "POST /api/conversations/{id}/transcript",
    ];

    private static readonly string[] Customers =
    [
        "GET /api/chat/socket", "POST /api/chat/attachments", "POST /api/chat/messages", "POST /api/chat/sessions", "POST /api/chat/signs", "POST /api/visitors/{name}/session",
        "GET /api/channels/{account}/{rest}", "POST /api/channels/{account}/{rest}", "GET /api/files/{ticket}", "HEAD /api/files/{ticket}",
    ];

    [Fact]
    public async Task Customers_door_is_for_the_chat_alone()
    {
        await using var door = await StartAsync(routes => routes.MapCustomerGateway());

        Assert.Equal(Both.Concat(Customers).Order(), Addresses(door).Order());
        Assert.Equal(HttpStatusCode.OK, (await door.SendAsync(HttpMethod.Get, "/")).Status);
    }

    [Fact]
    public async Task Staffs_door_has_everything_else_and_no_page()
    {
        await using var both = await StartAsync(routes => routes.MapChatGateway());
        await using var customers = await StartAsync(routes => routes.MapCustomerGateway());
        await using var staff = await StartAsync(routes => routes.MapStaffGateway());

        Assert.Equal(Addresses(both).Except(Addresses(customers)).Concat(Both).Order(), Addresses(staff).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await staff.SendAsync(HttpMethod.Get, "/")).Status);
    }

    [Fact]
    public async Task Each_door_knows_nothing_of_what_only_the_other_has()
    {
        await using var customers = await StartAsync(routes => routes.MapCustomerGateway());
        await using var staff = await StartAsync(routes => routes.MapStaffGateway());

        await AssertUnknownAsync(customers, Addresses(staff).Except(Both));
        await AssertUnknownAsync(staff, Addresses(customers).Except(Both));
    }

    [Fact]
    public async Task Documents_tell_what_the_process_serves()
    {
        await using var customers = await StartAsync(routes => routes.MapCustomerGateway());
        await using var staff = await StartAsync(routes => routes.MapStaffGateway());

        Assert.Equal(Addresses(customers).Order(), await DocumentedAsync(customers));
        Assert.Equal(Addresses(staff).Order(), await DocumentedAsync(staff));
    }

    [Fact]
    public async Task Customer_of_one_door_is_served_at_the_other()
    {
        var world = new GrainWorld { Script = _ => Task.FromResult(Outcomes.Handoff()) };
        await using var customers = await StartAsync(routes => routes.MapCustomerGateway(), world);
        await using var staff = await StartAsync(routes => routes.MapStaffGateway(), world);
        var token = (await customers.BeginSessionAsync()).Token;
        await customers.SayAsync(token, "A person please", "c-1");
        await customers.MessagesAsync(token, "c-1", 2);

        Assert.Equal(HttpStatusCode.OK, (await staff.ReadAsync(RunningGateway.AgentToken, "c-1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.ReadAsync(token, "c-1")).Status);
        Assert.Equal("c-1", (await staff.SendAsync(HttpMethod.Get, "/api/queues/general", RunningGateway.AgentToken)).Json["head"]![0]!["conversationId"]!.GetValue<string>());
    }

    private static Task<RunningGateway> StartAsync(Action<IEndpointRouteBuilder> map, GrainWorld? world = null)
    {
        world ??= new GrainWorld();
        return RunningGateway.StartAsync(world, world, world, map: map);
    }

    private static List<string> Addresses(RunningGateway gateway) =>
        [.. gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/').Replace("{**", "{", StringComparison.Ordinal)}"))];

    private static async Task<IEnumerable<string>> DocumentedAsync(RunningGateway gateway) =>
        (await gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).Order();

    private static async Task AssertUnknownAsync(RunningGateway gateway, IEnumerable<string> addresses)
    {
        var tried = 0;
        foreach (var address in addresses)
        {
            var (method, path) = address.Split(' ') is [var verb, var route] ? (new HttpMethod(verb), Parameter().Replace(route, "x-1")) : throw new FormatException(address);
            if (method == HttpMethod.Head)
                Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync(method, path, RunningGateway.OperatorToken)).Status); // it has no body
            else
                (await gateway.SendAsync(method, path, RunningGateway.OperatorToken)).ShouldBe(404, "no_such_address");
            tried++;
        }

        Assert.True(tried >= 4, $"only {tried} addresses");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
