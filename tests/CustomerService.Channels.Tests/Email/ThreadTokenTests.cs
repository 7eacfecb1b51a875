using CustomerService.Channels.Email.Threads;
using CustomerService.Channels.Intake;

namespace CustomerService.Channels.Tests.Email;

public sealed class ThreadTokenTests
{
    private static readonly string Conversation = ConversationIds.BegunBy("email", "support", "m-1");
    private readonly ThreadToken _tokens = new("key");

    [Fact]
    public void Token_NamesItsConversation_ForItsCustomerOnly()
    {
        var token = _tokens.Of(Conversation, "ada@customer.example")!;

        Assert.Equal((Conversation, true), _tokens.Read(token, "ada@customer.example"));
        Assert.Equal((Conversation, false), _tokens.Read(token, "mallory@customer.example"));
        Assert.Equal((Conversation, false), new ThreadToken("other key").Read(token, "ada@customer.example"));
        Assert.Equal(Conversation, ThreadToken.Conversation(token));
    }

    [Fact]
    public void AlteredToken_IsNobodys()
    {
        var token = _tokens.Of(Conversation, "ada@customer.example")!;
        // The last letter carries bits that belong to nothing.
        for (var at = 0; at < token.Length - 1; at++)
        {
            var altered = string.Concat(token.AsSpan(0, at), token[at] == 'a' ? "b" : "a", token.AsSpan(at + 1));
            Assert.NotEqual((Conversation, true), _tokens.Read(altered, "ada@customer.example"));
        }

        Assert.Null(_tokens.Read(token[1..], "ada@customer.example"));
        Assert.Null(_tokens.Read(token + "aa", "ada@customer.example"));
        Assert.Null(_tokens.Read("", "ada@customer.example"));
    }

    [Fact]
    public void Token_IsFoundInAddresses_WhateverTheirCase()
    {
        var token = _tokens.Of(Conversation, "ada@customer.example")!;

        Assert.Equal(token, ThreadToken.In($"support+{token}@shop.example"));
        Assert.Equal((Conversation, true), _tokens.Read(ThreadToken.In($"SUPPORT+{token.ToUpperInvariant()}@SHOP.EXAMPLE")!, "ada@customer.example"));
        Assert.Equal(token, ThreadToken.In($"{token}.0123456789abcdef@shop.example"));
        Assert.Null(ThreadToken.In("support@shop.example"));
    }

    [Theory]
    [InlineData("chat-0123")]
    [InlineData("email-0123")]
    [InlineData("email-0123456789abcdef0123456789abcdeg")]
    public void ConversationThatNoMailBegan_HasNoToken(string conversation) => Assert.Null(_tokens.Of(conversation, "ada@customer.example"));
}
