#!/bin/bash
sleep 14
