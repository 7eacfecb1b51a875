using System.Text.Json;
using CustomerService.Assistants.Prompts;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>Asks a model for JSON, holds it against the prompt's schema, and gives the model one chance to repair it.</summary>
internal static class StructuredChat
{
    /// <summary>Asks and reads.</summary>
    /// <param name="read">Reads the reply's object, which follows the schema; throws <see cref="FormatException"/> saying what is wrong with it.</param>
    public static async ValueTask<StructuredReply<T>> AskAsync<T>(
        RunChat chat, string prompt, IReadOnlyDictionary<string, object?> data, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        var question = Question(chat, prompt, data);
        var reply = await chat.AskAsync(question, cancellation);
        if (reply.Text is null)
            return new(null, reply.Fault);
        var value = TryRead(question.Prompt, reply.Text, read, out var problem);
        if (value is not null)
            return new(value, null);

        reply = await chat.AskAsync(Repair(question, reply, problem!), cancellation);
        if (reply.Text is null)
            return new(null, reply.Fault);
        value = TryRead(question.Prompt, reply.Text, read, out problem);
        return value is not null ? new(value, null) : new(null, $"{chat.Name}: unreadable answer, also when asked again ({problem})");
    }

    /// <summary>The instructions, and apart from them the data as JSON.</summary>
    public static ChatQuestion Question(RunChat chat, string name, IReadOnlyDictionary<string, object?> data)
    {
        var prompt = chat.Prompt(name);
        return new ChatQuestion(prompt, [new(ChatRole.System, chat.Instructions(prompt)), new(ChatRole.User, PlainJson.Write(ModelView.Of(data)))]);
    }

    /// <summary>The question again, with the reply and what is wrong with it.</summary>
    public static ChatQuestion Repair(ChatQuestion question, ChatReply reply, string problem) => question with
    {
        Messages =
        [
            .. question.Messages,
            .. reply.Messages.IsEmpty ? [new ChatMessage(ChatRole.Assistant, reply.Text)] : reply.Messages,
            new(ChatRole.User, $"That reply can't be used: {problem} Reply again with the JSON object only."),
        ],
    };

    /// <summary>The reply's object, or null with what is wrong with it.</summary>
    public static T? TryRead<T>(Prompt prompt, string text, Func<JsonElement, T> read, out string? problem)
        where T : class
    {
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
            problem = ReplySchema.Problem(prompt.Schema, document.RootElement);
            return problem is null ? read(document.RootElement) : null;
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
}

/// <param name="Fault">Why there is no value.</param>
internal sealed record StructuredReply<T>(T? Value, string? Fault)
    where T : class;
