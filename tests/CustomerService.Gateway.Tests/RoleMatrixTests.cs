using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using CustomerService.Gateway.Tests.Support;
using CustomerService.Gateway.Visitors;
using CustomerService.Grains.Audit;
using CustomerService.Grains.Staff;
using CustomerService.Staff;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

/// <summary>Every address of the staff against every role.</summary>
public sealed partial class RoleMatrixTests
{
    private static readonly StaffMember Boss = StaffMember.System("test", Role.Administrator);

    [Fact]
    public async Task Every_address_of_the_staff_names_what_it_needs()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var unnamed = Endpoints(gateway).Where(endpoint => endpoint.Metadata.GetOrderedMetadata<Access>() is not ([.., { Needs: null }] or [_, { Needs: not null }])
            && endpoint.RoutePattern.RawText!.Contains("socket", StringComparison.Ordinal) is false && !IsCustomers(endpoint)).Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Empty(unnamed);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Each_role_gets_in_where_its_permissions_say_and_nowhere_else(Role role)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = await gateway.Services.GetRequiredService<ApiTokens>().IssueAsync(Boss, "program", "Program", [role], null);
        var (tried, denied) = (0, 0);

        foreach (var endpoint in Endpoints(gateway))
        {
            if (endpoint.Metadata.GetMetadata<Access>()?.Needs is not { } needed)
                continue;
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single();
            var path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x-1");
            var answer = await gateway.SendAsync(new HttpMethod(method), path + (method == "GET" ? "" : "?name=x"), token, method == "GET" ? null : "{}");
            var isForbidden = answer.Status == HttpStatusCode.Forbidden && answer.Code == "forbidden";
            Assert.True(isForbidden == !Permissions.Of(role).Contains(needed), $"{role}, {method} {path} ({needed}): {(int)answer.Status} {answer.Text}");
            tried++;
            denied += isForbidden ? 1 : 0;
        }

        Assert.True(tried > 40, $"only {tried} addresses");
        Assert.Equal(denied, (await ActsAsync(gateway)).Count(act => act is { Who: "token:program", Outcome: ActOutcome.Denied, Reason: "forbidden" }));
    }

    [Fact]
    public async Task What_a_program_does_stands_in_the_audit_log_with_whom_it_was_for()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var token = await gateway.Services.GetRequiredService<ApiTokens>().IssueAsync(Boss, "wallboard", "Wallboard", [Role.Supervisor], null);

        await gateway.SendAsync(HttpMethod.Post, "/api/queues/general/pause", token, new { by = "sue", reason = "fire drill" });
        await gateway.SendAsync(HttpMethod.Post, "/api/queues/general/resume", RunningGateway.AgentToken, new { by = "sue" });

        Assert.Equal(
            ["token:wallboard queue.pause for sue", "system:agent-token queue.resume for sue"],
            (await ActsAsync(gateway)).Where(act => act.Target == "queue/general").Select(act => $"{act.Who} {act.Act} {act.Detail}"));
        Assert.All((await ActsAsync(gateway)).Where(act => act.Target == "queue/general"), act => Assert.Equal("127.0.0.1", act.Address));
    }

    [Fact]
    public async Task A_revoked_token_is_let_in_nowhere()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var issued = await gateway.SendAsync(HttpMethod.Post, "/api/tokens", RunningGateway.OperatorToken, new { id = "bot", roles = new[] { "agent" } });
        var token = issued.Json["token"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, "/api/queues/general", token)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync(HttpMethod.Post, "/api/tokens/bot/revoke", RunningGateway.OperatorToken)).Status);
        (await gateway.SendAsync(HttpMethod.Get, "/api/queues/general", token)).ShouldBe(401, "token_invalid");
    }

    [Fact]
    public async Task Administrators_add_people_and_change_what_they_may()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Task<Answer> DoAsync(HttpMethod method, string path, object? body = null) => gateway.SendAsync(method, path, RunningGateway.OperatorToken, body);

        var added = await DoAsync(HttpMethod.Post, "/api/people", new { id = "ann", name = "Ann Lee", roles = new[] { "agent" } });
        (await DoAsync(HttpMethod.Post, "/api/people", new { id = "ann", roles = new[] { "agent" } })).ShouldBe(409, "person_exists");
        (await DoAsync(HttpMethod.Post, "/api/people", new { id = "ben", roles = new[] { "king" } })).ShouldBe(400, "invalid_field");
        (await DoAsync(HttpMethod.Post, "/api/people", new { id = "ben" })).ShouldBe(422, "roles_missing");
        (await DoAsync(HttpMethod.Post, "/api/people/nobody/disable")).ShouldBe(404, "no_such_person");
        await DoAsync(HttpMethod.Put, "/api/people/ann/roles", new { roles = new[] { "administrator" } });
        (await DoAsync(HttpMethod.Post, "/api/people/ann/disable")).ShouldBe(409, "last_administrator");
        var reset = await DoAsync(HttpMethod.Post, "/api/people/ann/reset-password");
        var listed = (await DoAsync(HttpMethod.Get, "/api/people")).Json;

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.NotEqual(added.Json["password"]!.GetValue<string>(), reset.Json["password"]!.GetValue<string>());
        Assert.Equal("""["administrator"]""", listed["people"]![0]!["roles"]!.ToJsonString());
        Assert.DoesNotContain("hash", listed.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(await ActsAsync(gateway), act => $"{act}".Contains(reset.Json["password"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    private static async Task<ImmutableArray<ActNoted>> ActsAsync(RunningGateway gateway) =>
        [.. (await gateway.World.ReadAsync(Grains.Grain.Audit, 0, 1000)).Select(entry => entry.Event).OfType<ActNoted>()];

    private static IEnumerable<RouteEndpoint> Endpoints(RunningGateway gateway) => gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true);

    /// <summary>Those by which providers bring messages prove themselves; nobody's token is asked for.</summary>
    private static bool IsCustomers(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Contains("channels/", StringComparison.Ordinal) || endpoint.RoutePattern.RawText.Contains("visitors/", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
