using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace CustomerService.Assistants.Models;

/// <summary>Messages, options and tool calls in OpenAI's words.</summary>
internal static class OpenAIMessages
{
    public static IEnumerable<OpenAI.Chat.ChatMessage> Of(IEnumerable<ChatMessage> messages) => messages.SelectMany(Of);

    public static ChatCompletionOptions Of(ChatOptions? options)
    {
        var outgoing = new ChatCompletionOptions { Temperature = options?.Temperature, MaxOutputTokenCount = options?.MaxOutputTokens };
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } json)
            outgoing.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "reply", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription);
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
            outgoing.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        if (outgoing.Tools.Count > 0 && options?.ToolMode is NoneChatToolMode)
            outgoing.ToolChoice = ChatToolChoice.CreateNoneChoice();
        return outgoing;
    }

    /// <summary>A tool call; arguments that are no JSON object come as a fault, which the caller can tell the model.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments)
    {
        try
        {
            using var json = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            return new FunctionCallContent(id, name, json.RootElement.EnumerateObject().GroupBy(field => field.Name)
                .ToDictionary(field => field.Key, field => (object?)field.Last().Value.Clone(), StringComparer.Ordinal));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new FunctionCallContent(id, name) { Exception = fault };
        }
    }

    private static IEnumerable<OpenAI.Chat.ChatMessage> Of(ChatMessage message)
    {
        if (message.Role == ChatRole.System)
        {
            yield return new SystemChatMessage(message.Text);
        }
        else if (message.Role == ChatRole.Tool)
        {
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
                yield return new ToolChatMessage(result.CallId, result.Result?.ToString() ?? "");
        }
        else if (message.Role == ChatRole.Assistant)
        {
            var calls = message.Contents.OfType<FunctionCallContent>().Select(Outgoing).ToList();
            yield return calls.Count == 0 ? new AssistantChatMessage(message.Text) : new AssistantChatMessage(calls);
        }
        else
        {
            yield return new UserChatMessage(message.Text);
        }
    }

    private static ChatToolCall Outgoing(FunctionCallContent call) =>
        ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(PlainJson.Write(call.Arguments?.ToDictionary(argument => argument.Key, argument => argument.Value))));
}
