using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using CustomerService.Gateway.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Gateway;

/// <summary>A JSON body as an endpoint's parameter, read so that each mistake in it is named with its place.</summary>
internal sealed record Body<T>(T Value) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter) => await ReadAsync(context);

    /// <summary>For bodies that may be left out.</summary>
    public static async ValueTask<Body<T>> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            throw Problems.WrongMediaType();

        var limit = context.RequestServices.GetRequiredService<GatewayOptions>().MaxBodyBytes;
        var bytes = await ReadAsync(context.Request, limit, context.RequestAborted);
        return new Body<T>(BodyJson.Parse((JsonTypeInfo<T>)GatewayJson.Wire.GetTypeInfo(typeof(T))!, bytes.Span));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
            throw Problems.BodyTooLarge(limit);

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.Buffer.Length > limit)
                throw Problems.BodyTooLarge(limit);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>JSON from outside into one of our types.</summary>
internal static class BodyJson
{
    /// <exception cref="ProblemException">It isn't UTF-8, isn't JSON, or a field has another type than it should.</exception>
    public static T Parse<T>(JsonTypeInfo<T> type, ReadOnlySpan<byte> bytes)
        where T : class
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];
        if (Utf8FaultIn(bytes) is { } fault)
            throw Problems.InvalidUtf8(fault);

        try
        {
            return JsonSerializer.Deserialize(bytes, type)
                ?? throw Problems.WrongType("The body is null; it must be a JSON object.", "$", 1, 1);
        }
        catch (JsonException error)
        {
            throw Explain(type, error, bytes.Length);
        }
    }

    private static ProblemException Explain(JsonTypeInfo type, JsonException error, int length)
    {
        var line = (error.LineNumber ?? 0) + 1;
        var position = (error.BytePositionInLine ?? 0) + 1;
        if (length == 0)
            return Problems.MalformedJson("The body is empty; it must be a JSON object.", line, position);

        var path = error.Path is { Length: > 2 } full && full.StartsWith("$.", StringComparison.Ordinal) ? full[2..] : "$";
        if (error.InnerException is InvalidOperationException { Message: var inner } && inner.Contains("UTF-16", StringComparison.Ordinal))
            return Problems.MalformedJson($"{Named(path)} has half of a surrogate pair, written as an escape like \\ud83d (line {line}, position {position}).", line, position);
        return error.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? Problems.WrongType($"{Named(path)} has the wrong type (line {line}, position {position}): it must be {Wanted(type, path)}.", path, line, position)
            : Problems.MalformedJson($"The body isn't valid JSON (line {line}, position {position}): {Reason(error.Message)}", line, position);
    }

    private static string Named(string path) => path == "$" ? "The body" : $"The field '{path}'";

    /// <summary>The reader's own words end with a type, a path and a position, which concern us only or are told in another way.</summary>
    private static string Reason(string message)
    {
        foreach (var tail in (string[])[" Path: ", " LineNumber: ", " encountered during "])
        {
            if (message.IndexOf(tail, StringComparison.Ordinal) is > 0 and var at)
                message = message[..at];
        }

        return message.TrimEnd('.', ' ') + ".";
    }

    /// <summary>What belongs at a path such as <c>desk.channels.chat.max</c> or <c>queues[0]</c>, in words.</summary>
    private static string Wanted(JsonTypeInfo root, string path)
    {
        var type = root.Type;
        foreach (var step in path == "$" ? [] : path.Split('.', '[').Select(step => step.TrimEnd(']', '\'').TrimStart('\'')))
        {
            type = Inside(Nullable.GetUnderlyingType(type) ?? type, step);
            if (type is null)
                return "another";
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "a text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(double) ? "a number"
            : type == typeof(DateTimeOffset) ? "a time such as 2030-01-01T10:00:00Z"
            : type.IsPrimitive ? "a whole number"
            : ValueOf(type) is { } value ? value == typeof(string) ? "an object of texts" : "an object"
            : ItemOf(type) is { } item ? item == typeof(string) ? "a list of texts" : "a list"
            : "an object";
    }

    private static Type? Inside(Type type, string step) =>
        ValueOf(type) ?? ItemOf(type) ?? GatewayJson.Wire.GetTypeInfo(type)?.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType;

    /// <summary>The type of a dictionary's values; null: it is none.</summary>
    private static Type? ValueOf(Type type) =>
        typeof(System.Collections.IDictionary).IsAssignableFrom(type) ? type.GetGenericArguments()[1] : null;

    /// <summary>The type of a list's items; null: it is none.</summary>
    private static Type? ItemOf(Type type) =>
        typeof(System.Collections.IList).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;

    /// <summary>Where the first byte is that doesn't fit, from 1; null when all fit.</summary>
    private static long? Utf8FaultIn(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return null;

        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == OperationStatus.Done)
            at += consumed;
        return at + 1;
    }
}
