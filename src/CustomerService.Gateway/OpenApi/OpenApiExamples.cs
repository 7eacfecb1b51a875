using System.Text.Json.Nodes;
using CustomerService.Gateway.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerService.Gateway.OpenApi;

/// <summary>An operation's example request and answer, as JSON.</summary>
internal sealed record OperationExamples(string? Request, string? Response);

internal static class OpenApiConventions
{
    public static TBuilder WithExamples<TBuilder>(this TBuilder builder, string? request, string? response)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new OperationExamples(request, response));

    /// <summary>The problems that an operation can end with, beyond those that every one can.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            builder.Produces<Problem>(status, "application/problem+json");
        return builder;
    }

    /// <summary>Writes the examples into the operation's description.</summary>
    public static Task AddExamplesAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var examples = context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationExamples>().LastOrDefault();
        if (examples?.Request is { } request && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
            body.Example = JsonNode.Parse(request);
        if (examples?.Response is { } response)
        {
            foreach (var (status, answer) in operation.Responses ?? [])
            {
                if (status.StartsWith('2') && answer.Content?.TryGetValue("application/json", out var content) == true)
                    content.Example = JsonNode.Parse(response);
            }
        }

        return Task.CompletedTask;
    }
}
