using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Gateway.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway.Tests;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_has_every_address_with_words_and_examples()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = (await gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;
        var routes = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                method => (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{**", "{", StringComparison.Ordinal), Method: method)))
            .ToList();

        Assert.True(routes.Count >= 19, $"only {routes.Count} routes");
        foreach (var (path, method) in routes)
        {
            var operation = document["paths"]?[path]?[method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{method} {path} is not in the document.");
            Assert.False(string.IsNullOrEmpty(operation["summary"]?.GetValue<string>()), $"{method} {path} has no summary.");
            Assert.False(string.IsNullOrEmpty(operation["description"]?.GetValue<string>()), $"{method} {path} has no description.");
            var bodies = operation["responses"]!.AsObject().Where(response => response.Key[0] == '2').Select(response => response.Value!["content"]?["application/json"])
                .Append(operation["requestBody"]?["content"]?["application/json"]).OfType<JsonNode>();
            Assert.All(bodies, body => Assert.True(body["example"] is not null && body["schema"] is not null, $"{method} {path} lacks an example or schema: {body}"));
        }

        Assert.Equal(routes.Count, document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count));
    }

    [Fact]
    public async Task Every_example_is_what_its_contract_says()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = (await gateway.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;
        var strict = new JsonSerializerOptions(GatewayJson.Wire.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
        var contracts = typeof(ChatGateway).Assembly.GetTypes().Concat(typeof(Grains.Grain).Assembly.GetTypes())
            .Where(type => type is { ContainsGenericParameters: false, IsByRefLike: false } && GatewayJson.Wire.GetTypeInfo(type) is not null).ToLookup(type => type.Name);
        var read = 0;

        foreach (var body in Bodies(document))
        {
            if (body["example"] is not { } example)
                continue;
            var name = body["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1];
            var value = JsonSerializer.Deserialize(example, contracts[name].Single(), strict);
            Assert.NotNull(value);
            read++;
        }

        Assert.True(read >= 18, $"only {read} examples");
    }

    private static IEnumerable<JsonNode> Bodies(JsonNode node) => node switch
    {
        JsonObject { } found when found["application/json"] is JsonObject body => [body],
        JsonObject { } found => found.SelectMany(member => member.Value is null ? [] : Bodies(member.Value)),
        JsonArray list => list.SelectMany(item => item is null ? [] : Bodies(item)),
        _ => [],
    };
}
