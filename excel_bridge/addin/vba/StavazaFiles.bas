Option Explicit

' Files: the configuration, the answer, the log of starting.

Public Function StavazaFolder() As String
    #If Mac Then
        StavazaFolder = Environ("HOME") & "/"
    #Else
        If Environ("STAVAZA_HOME") <> "" Then
            StavazaFolder = Environ("STAVAZA_HOME") & "\config\"
        Else
            StavazaFolder = Environ("USERPROFILE") & "\.stavaza\"
        End If
    #End If
End Function

Public Function StavazaSettingsFile() As String
    StavazaSettingsFile = StavazaFolder() & "stavaza.conf"
End Function

Public Function StavazaLogFile() As String
    StavazaLogFile = StavazaFolder() & "stavaza-start.log"
End Function

Public Function StavazaAnswerFile() As String
    Randomize
    #If Mac Then
        StavazaAnswerFile = StavazaFolder() & "stavaza-antwoord.txt"
    #Else
        StavazaAnswerFile = Environ("TEMP") & "\stavaza-" & Format$(Now, "yyyymmddhhnnss") & "-" & CStr(Int(Rnd() * 1000000)) & ".txt"
    #End If
End Function

Public Function StavazaIsFile(ByVal path As String) As Boolean
    On Error Resume Next
    If Len(path) > 0 Then StavazaIsFile = Len(Dir$(path)) > 0
    On Error GoTo 0
End Function

Public Sub StavazaErase(ByVal path As String)
    On Error Resume Next
    If StavazaIsFile(path) Then Kill path
    On Error GoTo 0
End Sub

Public Function StavazaRead(ByVal path As String) As String
    Dim number As Integer
    Dim textLine As String
    number = FreeFile
    Open path For Input As #number
    Do While Not EOF(number)
        Line Input #number, textLine
        StavazaRead = StavazaRead & textLine & vbLf
    Loop
    Close #number
End Function

Public Sub StavazaLog(ByVal text As String)
    Dim number As Integer
    On Error Resume Next
    number = FreeFile
    Open StavazaLogFile() For Append As #number
    Print #number, Format$(Now, "yyyy-mm-dd hh:nn:ss") & " " & StavazaEncode(text)
    Close #number
    On Error GoTo 0
End Sub

Public Function StavazaSetting(ByVal content As String, ByVal key As String) As String
    ' One line per setting: "KEY","VALUE". No other place is looked at.
    Dim lines As Variant
    Dim start As String
    Dim number As Long
    start = """" & key & ""","""
    lines = Split(Replace(content, vbCr, ""), vbLf)
    For number = LBound(lines) To UBound(lines)
        If Left$(lines(number), Len(start)) = start And Right$(lines(number), 1) = """" Then
            StavazaSetting = StavazaDecode(Mid$(lines(number), Len(start) + 1, Len(lines(number)) - Len(start) - 1))
            Exit Function
        End If
    Next number
End Function
