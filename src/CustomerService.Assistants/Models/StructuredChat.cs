using System.Text.Json;
using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Asks a model for JSON, checks it, and gives the model one chance to repair it.</summary>
internal static class StructuredChat
{
    /// <summary>Asks and reads.</summary>
    /// <param name="read">Reads the reply's object; throws <see cref="FormatException"/> saying what is wrong with it.</param>
    public static async ValueTask<StructuredReply<T>> AskAsync<T>(
        GuardedChat chat, Prompt prompt, IReadOnlyDictionary<string, object?> data, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, prompt.Text),
            new(ChatRole.User, PlainJson.Write(data)),
        ];
        var first = await chat.AskAsync(messages, cancellation);
        if (first.Text is null)
            return new(null, first.Use, first.Fault);
        var value = TryRead(first.Text, read, out var problem);
        if (value is not null)
            return new(value, first.Use, null);

        messages.Add(new(ChatRole.Assistant, first.Text));
        messages.Add(new(ChatRole.User, $"That reply can't be used: {problem} Reply again with the JSON object only."));
        var second = await chat.AskAsync(messages, cancellation);
        var use = Sum(first.Use, second.Use);
        if (second.Text is null)
            return new(null, use, second.Fault);
        value = TryRead(second.Text, read, out problem);
        return value is not null ? new(value, use, null) : new(null, use, $"{chat.Name}: unreadable answer, also when asked again ({problem})");
    }

    private static T? TryRead<T>(string text, Func<JsonElement, T> read, out string? problem)
        where T : class
    {
        problem = null;
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            problem = "it has no JSON object.";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start, end - start + 1), new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 16 });
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            problem = "it is not valid JSON.";
        }
        catch (FormatException error)
        {
            problem = error.Message;
        }

        return null;
    }

    private static ModelUse? Sum(ModelUse? first, ModelUse? second)
    {
        if (first is null || second is null)
            return first ?? second;
        return first with
        {
            InputTokens = first.InputTokens + second.InputTokens,
            OutputTokens = first.OutputTokens + second.OutputTokens,
            Cost = first.Cost + second.Cost,
        };
    }
}

/// <param name="Fault">Why there is no value.</param>
internal sealed record StructuredReply<T>(T? Value, ModelUse? Use, string? Fault)
    where T : class;
